import type { AuditEvent } from './audit-event.js';

/**
 * Returns the part of an event that the customer may see: no more than the caller was told, and nothing that tells
 * another organization's object from one that does not exist. So when access was denied, it has no id, no owner, no
 * deciding layer and no duration, whether the object exists or not.
 *
 * @returns undefined for an event without an organization, which belongs to no customer
 */
export function toCallerView(event: AuditEvent): AuditEvent | undefined {
  if (event.org === undefined) return undefined;
  const { owner_org: _owner, cross_org: cross, ...seen } = event;
  const own = { ...seen, ...(cross && { cross_org: { ...cross, orgs: ownOrg(cross.orgs, event.org.id) } }) };
  return isPlain(event) ? own : withoutOracle(own);
}

/**
 * Tells whether the isolation had no part in it. A request may be allowed and still refer to another organization's
 * object.
 */
const isPlain = ({ decision, isolation, owner_org }: AuditEvent): boolean =>
  decision === 'allow' && isolation === undefined && owner_org === undefined;

const ownOrg = (orgs: readonly string[], orgId: string): readonly string[] => orgs.filter((org) => org === orgId);

function withoutOracle(event: AuditEvent): AuditEvent {
  const { reason: _reason, isolation: _isolation, details: _details, http, ...seen } = event;
  const reason = callerReason(event);
  return {
    ...seen,
    ...(reason !== undefined && { reason }),
    targets: event.targets.map(({ type }) => ({ type })),
    ...(http && { http: withoutDuration(http) }),
  };
}

function withoutDuration(http: NonNullable<AuditEvent['http']>): NonNullable<AuditEvent['http']> {
  const { duration_ms: _duration, ...seen } = http;
  return seen;
}

/** Repeats `org_mismatch` only if a 403 has told the caller so before. Internal errors are for the operator to know. */
function callerReason({ decision, reason, http }: AuditEvent): string | undefined {
  if (decision === 'error') return 'error';
  if (http?.status === 404) return 'not_found';
  return reason === 'org_mismatch' && http?.status !== 403 ? 'not_found' : reason;
}
