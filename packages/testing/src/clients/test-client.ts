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
  /** What the token endpoint gives it. Default: `jwt`. */
  readonly tokenFormat?: 'jwt' | 'opaque';
  /** How long its tokens live, in seconds. Default: the issuer's `lifetimeSeconds`. */
  readonly lifetimeSeconds?: number;
}

/** The client that every test issuer has. */
export interface DefaultTestClient extends TestClient {
  readonly clientSecret: string;
  readonly orgId: string;
  readonly scopes: readonly string[];
}

/** The organization of a token for which none was named. */
export const defaultOrgId = 'org_01TESTACME0000000000000000';

/** The user of `connectToken.user()` when none was named. */
export const defaultUserId = 'user_01TESTADA00000000000000000';

export const defaultClient: DefaultTestClient = Object.freeze({
  clientId: 'client_01TESTCLIENT00000000000000',
  // The shape of a Connect client secret, 64 hexadecimal digits; publicly known, so that tests can write it down.
  clientSecret: '0123456789abcdef'.repeat(4),
  orgId: defaultOrgId,
  scopes: Object.freeze(['projects:read', 'projects:write']),
});
