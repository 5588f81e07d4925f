import type { AuditEvent } from '../event/audit-event.js';

export type WorkosMetadata = Record<string, string | number | boolean>;

/** An event in the shape that `createEvent` of WorkOS Audit Logs takes. */
export interface WorkosEvent {
  action: string;
  version?: number;
  occurredAt: Date;
  actor: { id: string; type: string; name?: string; metadata?: WorkosMetadata };
  targets: { id: string; type: string; name?: string; metadata?: WorkosMetadata }[];
  context: { location: string; userAgent?: string };
  metadata?: WorkosMetadata;
}

/** WorkOS Audit Logs, "Metadata": an event beyond these limits is refused as a whole. */
const maxKeys = 50;
const maxKey = 40;
const maxValue = 500;

/** Writes an event in the shape of WorkOS; everything that has no place there goes into the metadata. */
export function toWorkosEvent(event: AuditEvent, version: number | undefined, extra: WorkosMetadata): WorkosEvent {
  const { application, network } = event;
  return {
    action: event.action,
    ...(version !== undefined && { version }),
    occurredAt: new Date(event.occurred_at),
    actor: {
      id: event.actor.id,
      type: event.actor.type,
      ...(application && { metadata: fit({ client_id: application.client_id }) }),
    },
    targets: event.targets.map(({ type, id = 'unknown' }) => ({ type, id })),
    context: {
      location: network?.ip ?? 'unknown', // Mandatory there.
      ...(network?.user_agent !== undefined && { userAgent: network.user_agent }),
    },
    metadata: fit({ ...metadataOf(event), ...extra }),
  };
}

const metadataOf = ({ http, credential, cross_org: cross, ...event }: AuditEvent): Record<string, unknown> => ({
  ...event.details,
  event_id: event.id,
  decision: event.decision,
  reason: event.reason,
  method: http?.method,
  route: http?.route,
  status: http?.status,
  request_id: http?.request_id,
  trace_id: http?.trace_id,
  jti_sha256: credential?.jti_sha256,
  cross_org_grant: cross?.grant,
  cross_org_reason: cross?.reason,
  environment_id: event.environment_id,
  dropped: event.dropped?.count,
});

/** Cuts metadata to the allowed size: an event that lacks the end of a text is better than none. */
function fit(metadata: Record<string, unknown>): WorkosMetadata {
  const fitting: WorkosMetadata = {};
  for (const [key, value] of Object.entries(metadata)) {
    if (Object.keys(fitting).length === maxKeys) break;
    if (value === undefined || value === null) continue;
    fitting[cut(key, maxKey)] =
      typeof value === 'number' || typeof value === 'boolean' ? value : cut(`${value}`, maxValue);
  }
  return fitting;
}

/** Cuts a text, but never in the middle of a character. */
const cut = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
