import type { JsonWebKey, KeyObject } from 'node:crypto';

/** An application registered with the test issuer. */
export interface TestClient {
  readonly clientId: string;
  /** Absent: the client authenticates by `publicKey` only. */
  readonly clientSecret?: string;
  /** The public key that checks this client's assertions (`private_key_jwt`, RFC 7523 §2.2). */
  readonly publicKey?: KeyObject | JsonWebKey;
  /** The organization that owns the application: `org_id` of its M2M tokens. Absent: its tokens carry none. */
  readonly orgId?: string;
  /** The scopes it may ask for. Default: none. */
  readonly scopes?: readonly string[];
  /** The format of its tokens from the token endpoint. Default: `jwt`. */
  readonly tokenFormat?: 'jwt' | 'opaque';
  /** Lifetime of its tokens in seconds. Default: the issuer's `lifetimeSeconds`. */
  readonly lifetimeSeconds?: number;
}

/** The client that every test issuer has. */
export interface DefaultTestClient extends TestClient {
  readonly clientSecret: string;
  readonly orgId: string;
  readonly scopes: readonly string[];
}

/** The organization of a token when none is named. */
export const defaultOrgId = 'org_01TESTACME0000000000000000';

/** The user of `connectToken.user()` when none is named. */
export const defaultUserId = 'user_01TESTADA00000000000000000';

export const defaultClient: DefaultTestClient = Object.freeze({
  clientId: 'client_01TESTCLIENT00000000000000',
  // 64 hexadecimal digits, like a Connect client secret; public, so that tests can spell it out.
  clientSecret: '0123456789abcdef'.repeat(4),
  orgId: defaultOrgId,
  scopes: Object.freeze(['projects:read', 'projects:write']),
});
