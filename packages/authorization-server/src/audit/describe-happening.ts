import type { AuditActor, AuditDetails, AuditEventInput, AuditHttp } from '@connect-auth/audit';
import type { AuditAction } from './audit-action.js';

/** One change, or one token issued or refused. It contains neither secrets nor tokens. */
export interface Happening {
  readonly action: AuditAction;
  /** Default: whoever the work is attributed to. */
  readonly actor?: AuditActor;
  /** Default: `allow`. */
  readonly decision?: AuditEventInput['decision'];
  readonly reason?: string;
  /** The object that was changed or issued. A token is named by the SHA-256 of its `jti`, base64url. */
  readonly target?: { readonly type: string; readonly id: string };
  readonly organizationId?: string;
  readonly clientId?: string;
  readonly userId?: string;
  readonly details?: AuditDetails;
}

/** Who works, and in which request. */
export interface Origin {
  readonly actor: AuditActor;
  readonly http?: AuditHttp;
}

/**
 * Describes something that happened as an audit event. `application` is the client that acts; a client that something is
 * only about, since it was changed or failed to authenticate, is named in the details, as the user is.
 */
export function describeHappening(
  { action, actor, decision = 'allow', reason, target, organizationId, clientId, userId, details }: Happening,
  origin: Origin,
  environmentId: string,
): AuditEventInput {
  const who = actor ?? origin.actor;
  const isActing = who.type === 'm2m_client';
  const known = {
    ...(clientId !== undefined && !isActing && { client_id: clientId }),
    ...(userId !== undefined && { user_id: userId }),
    ...details,
  };
  return {
    ...(organizationId !== undefined && { org: { id: organizationId, source: 'resource' } }),
    actor: who,
    ...(clientId !== undefined && isActing && { application: { client_id: clientId } }),
    action,
    decision,
    ...(reason !== undefined && { reason }),
    ...(target !== undefined && { targets: [target] }),
    ...(origin.http !== undefined && { http: origin.http }),
    environment_id: environmentId,
    ...(Object.keys(known).length > 0 && { details: known }),
  };
}
