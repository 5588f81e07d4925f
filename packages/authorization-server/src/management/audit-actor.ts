import type { IncomingMessage } from 'node:http';
import type { AuditActor } from '../audit/audit-event.js';

const actors = new WeakMap<object, AuditActor>();

/** A guard of the application's says who calls: so the audit trail knows. */
export function setAuditActor(request: IncomingMessage, actor: AuditActor): void {
  actors.set(request, actor);
}

/** Whoever a guard of the application's has let in without a name is `custom`. */
export const auditActorOf = (request: IncomingMessage): AuditActor => actors.get(request) ?? { type: 'custom' };
