import type { JsonObject } from './sign-jwt.js';

/** The grant that a token states; everything has a default. */
export interface GrantOptions {
  /** `org_id`. Default: `org_01TESTACME…`. `null`: no organization. */
  readonly org?: string | null;
  /** The granted scopes. Default: `['projects:read']`. An empty list leaves `scope` out. */
  readonly scopes?: readonly string[];
  /** `client_id`, and `sub` of an M2M token. Default: the default client's. */
  readonly client?: string;
  /** `sub` of a user's token. Absent: an M2M token, whose `sub` is the client. */
  readonly user?: string;
  /** `aud`. Default: the issuer's `audience`. */
  readonly audience?: string | readonly string[];
  /** Seconds from `iat` to `exp`. Default: the issuer's `lifetimeSeconds`. */
  readonly lifetimeSeconds?: number;
}

/** Deviations of a JWT made by `token()` from a plain good one. */
export interface TokenOptions extends GrantOptions {
  /** Claims of any value, merged over the others. */
  readonly claims?: JsonObject;
  /** Header members merged over `alg` and `kid`. The token is signed as without them. */
  readonly header?: JsonObject;
  /** Names of claims to leave out; applied last. */
  readonly omit?: readonly string[];
  /** The `kid` of the key that signs. Default: the current key. */
  readonly key?: string;
  /** `false`: introspection does not know the token, and the issuer keeps nothing of it. Default: `true`. */
  readonly registered?: boolean;
}

/** Deviations of an opaque token from a plain good one. */
export interface OpaqueTokenOptions extends GrantOptions {
  /** Members of any value, merged over the introspection response (RFC 7662 §2.2). */
  readonly answer?: JsonObject;
}
