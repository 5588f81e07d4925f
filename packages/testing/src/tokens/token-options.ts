import type { JsonObject } from './sign-jwt.js';

/** What any token may say; everything has a default. */
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
  /** From `iat` to `exp`, in seconds. Default: the issuer's `lifetimeSeconds`. */
  readonly lifetimeSeconds?: number;
}

/** How a JWT made by `token()` may differ from a plain good one. */
export interface TokenOptions extends GrantOptions {
  /** Claims merged over the others, any value. */
  readonly claims?: JsonObject;
  /** Header members merged over `alg` and `kid`. They do not change how the token is signed. */
  readonly header?: JsonObject;
  /** Names of claims to leave out; applied last. */
  readonly omit?: readonly string[];
  /** The `kid` of the key that signs. Default: the current key. */
  readonly key?: string;
  /** `false`: introspection does not know the token, and the issuer keeps nothing of it. Default: `true`. */
  readonly registered?: boolean;
}

/** How an opaque token may differ from a plain good one. */
export interface OpaqueTokenOptions extends GrantOptions {
  /** Fields merged over the introspection answer, any value (RFC 7662 §2.2). */
  readonly answer?: JsonObject;
}
