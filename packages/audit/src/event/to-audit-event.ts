import type { AuditEvent, AuditEventInput, AuditNetwork } from './audit-event.js';

const maxUserAgent = 512;

/** What every event has beside what happened. Frozen: it waits in queues while its maker goes on. */
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

/** The caller wrote it, and as long as they liked. */
const shorten = (network: AuditNetwork): AuditNetwork =>
  network.user_agent === undefined ? network : { ...network, user_agent: network.user_agent.slice(0, maxUserAgent) };
