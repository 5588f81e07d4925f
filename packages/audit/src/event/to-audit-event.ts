import type { AuditEvent, AuditEventInput, AuditNetwork } from './audit-event.js';

const maxUserAgent = 512;

/** Adds the fields that every event has. Frozen, because it waits in queues while the code that made it goes on. */
export function toAuditEvent(
  { targets = [], network, ...happening }: AuditEventInput,
  { now, newId }: { readonly now: () => number; readonly newId: () => string },
): AuditEvent {
  return Object.freeze({
    v: 1,
    id: newId(),
    occurred_at: new Date(now()).toISOString(),
    ...happening,
    targets,
    ...(network && { network: shorten(network) }),
  });
}

/** Limits the user agent, because callers may make it as long as they like. */
const shorten = (network: AuditNetwork): AuditNetwork =>
  network.user_agent === undefined ? network : { ...network, user_agent: network.user_agent.slice(0, maxUserAgent) };
