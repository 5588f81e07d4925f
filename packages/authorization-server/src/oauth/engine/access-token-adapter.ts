import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { AuditRecorder } from '../../audit/audit-recorder.js';
import type { AccessTokenKind, AccessTokens } from '../../tokens/access-tokens.js';
import { hashTokenId } from '../../tokens/hash-token-id.js';
import type { TokenLookup } from './token-lookup.js';

/** Stores access tokens for the engine, which keeps nothing of JWTs itself. */
export class AccessTokenAdapter implements Adapter {
  constructor(
    private readonly kind: AccessTokenKind,
    private readonly tokens: AccessTokens,
    private readonly lookup: TokenLookup,
    private readonly audit: AuditRecorder,
  ) {}

  async find(id: string): Promise<AdapterPayload | undefined> {
    const found = await this.lookup.find(id);
    return found?.kind === this.kind ? found.payload : undefined;
  }

  async destroy(jti: string): Promise<void> {
    await this.tokens.revoke(jti);
    this.audit.record({ action: 'token.revoked', target: { type: 'access_token', id: hashTokenId(jti) } });
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return this.tokens.revokeByGrant(grantId);
  }

  // Access tokens are never looked up in another way, written by the engine, or consumed.

  upsert(): Promise<never> {
    return Promise.reject(new Error('access tokens are JWTs'));
  }

  async findByUid(): Promise<undefined> {}

  async findByUserCode(): Promise<undefined> {}

  async consume(): Promise<undefined> {}
}
