import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { AuditAction } from '../../audit/audit-event.js';
import type { AuditTrail } from '../../audit/audit-trail.js';

type EngineError = InstanceType<typeof errors.OIDCProviderError> & { error_detail?: string };

/** Records every refusal in the audit trail, with the reason, which the caller is not told. */
export function recordRefusals(provider: Provider, audit: AuditTrail): void {
  const record = (action: AuditAction) => (ctx: KoaContextWithOIDC, error: EngineError) => {
    const clientId = ctx.oidc.client?.clientId;
    audit.record({
      action,
      // A client that failed to authenticate is not named as the actor.
      actor: { type: 'client', ...(clientId !== undefined && error.error !== 'invalid_client' && { id: clientId }) },
      ...(clientId !== undefined && { clientId }),
      details: { error: error.error, reason: error.error_detail ?? error.error_description },
    });
  };
  provider.on('grant.error', record('token.refused') as never);
  provider.on('introspection.error', record('token.introspection_refused') as never);
  provider.on('revocation.error', record('token.revocation_refused') as never);
}
