import type { IncomingMessage } from 'node:http';
import type { AuditActor } from '@connect-auth/audit';

/** On the request itself, where logs do not show it. */
const key: unique symbol = Symbol.for('@connect-auth/authorization-server.audit-actor') as never;

interface NamedRequest {
  readonly [key]?: AuditActor;
}

/** Names the caller for the audit trail; for guards supplied by the application. */
export function setAuditActor(request: IncomingMessage, actor: AuditActor): void {
  Object.defineProperty(request, key, { value: actor, configurable: true });
}

/** Returns the caller's name; undefined if the application's guard allowed the request without giving one. */
export function findAuditActor(request: IncomingMessage): AuditActor | undefined {
  const actor = (request as NamedRequest)[key];
  return actor?.id === undefined ? undefined : actor;
}
