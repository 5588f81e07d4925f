import type { AuditEvent } from './audit-event.js';

/**
 * What the customer may see of an event: as much as the caller was told, and nothing that tells another organization's
 * object from one that does not exist. So of what was refused there is no id, no owner, no layer that decided, no detail
 * and no duration, whether there is such a thing or not.
 *
 * @returns undefined for an event without an organization: there is no customer whose it would be
 */
export function toCallerView(event: AuditEvent): AuditEvent | undefined {
  if (event.org === undefined) return undefined;
  const { owner_org: _owner, cross_org: cross, ...seen } = event;
  const own = { ...seen, ...(cross && { cross_org: { ...cross, orgs: ownOrg(cross.orgs, event.org.id) } }) };
  return isPlain(event) ? own : withoutOracle(own);
}

/** A request may be let in and still touch what is another's, a reference say: then it was the isolation that decided. */
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

/** `org_mismatch` is said only to whom it was said before: by a 403. What went wrong inside is the operator's to know. */
function callerReason({ decision, reason, http }: AuditEvent): string | undefined {
  if (decision === 'error') return 'error';
  if (http?.status === 404) return 'not_found';
  return reason === 'org_mismatch' && http?.status !== 403 ? 'not_found' : reason;
}
