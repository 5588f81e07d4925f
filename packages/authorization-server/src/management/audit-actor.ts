import type { IncomingMessage } from 'node:http';
import type { AuditActor } from '../audit/audit-event.js';

const actors = new WeakMap<object, AuditActor>();

/** Names the caller for the audit trail; for guards supplied by the application. */
export function setAuditActor(request: IncomingMessage, actor: AuditActor): void {
  actors.set(request, actor);
}

/** Returns the caller's name; `custom` if the application's guard allowed the request without naming one. */
export const auditActorOf = (request: IncomingMessage): AuditActor => actors.get(request) ?? { type: 'custom' };
