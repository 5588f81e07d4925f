import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { AuditTrail } from '../../audit/audit-trail.js';
import type { AccessTokenKind, AccessTokens } from '../../tokens/access-tokens.js';
import { hashTokenId } from '../../tokens/hash-token-id.js';
import type { TokenLookup } from './token-lookup.js';

/** Access tokens are JWTs: the engine itself keeps nothing of them, and asks here for what was kept. */
export class AccessTokenAdapter implements Adapter {
  constructor(
    private readonly kind: AccessTokenKind,
    private readonly tokens: AccessTokens,
    private readonly lookup: TokenLookup,
    private readonly audit: AuditTrail,
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

  // An access token is never looked up in another way, nor written by the engine, nor used up.

  upsert(): Promise<never> {
    return Promise.reject(new Error('access tokens are JWTs'));
  }

  async findByUid(): Promise<undefined> {}

  async findByUserCode(): Promise<undefined> {}

  async consume(): Promise<undefined> {}
}
