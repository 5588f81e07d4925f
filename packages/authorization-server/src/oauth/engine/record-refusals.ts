import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { AuditAction } from '../../audit/audit-action.js';
import type { AuditRecorder } from '../../audit/audit-recorder.js';

type EngineError = InstanceType<typeof errors.OIDCProviderError> & { error_detail?: string };

/** Records every refusal in the audit trail, with a detail that the caller is not told. */
export function recordRefusals(provider: Provider, audit: AuditRecorder): void {
  const record = (action: AuditAction) => (ctx: KoaContextWithOIDC, error: EngineError) => {
    const clientId = ctx.oidc.client?.clientId;
    const isKnown = clientId !== undefined && error.error !== 'invalid_client';
    audit.record({
      action,
      // A client that failed to authenticate is not named as the actor.
      actor: isKnown ? { type: 'm2m_client', id: clientId } : { type: 'anonymous', id: 'anonymous' },
      decision: 'deny',
      reason: error.error,
      ...(clientId !== undefined && { clientId }),
      details: { error_detail: error.error_detail ?? error.error_description ?? '' },
    });
  };
  provider.on('grant.error', record('token.refused') as never);
  provider.on('introspection.error', record('token.introspection_refused') as never);
  provider.on('revocation.error', record('token.revocation_refused') as never);
}
