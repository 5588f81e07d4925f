import type { AllowedOrgs } from '../access/allowed-orgs.js';
import type { ClaimProfile } from '../claims/claim-settings.js';
import type { ClientAuthMethod } from '../introspection/client-authentication.js';
import type { IntrospectionStore } from '../introspection/introspection-store.js';
import type { PrivateKey } from '../introspection/signing-key.js';
import type { AlgorithmName } from '../keys/algorithms.js';
import type { KeySource } from '../keys/load-jwks.js';
import type { RevocationFeed } from '../revocation/revocation.js';
import type { Runtime } from '../runtime/runtime.js';

/** One issuer whose access tokens are accepted, and on which terms. */
export interface IssuerOptions {
  /**
   * The issuer identifier, exactly as tokens carry it in `iss`: an https URL without query and fragment (RFC 8414 §2).
   * Plain http is for loopback addresses only.
   */
  readonly issuer: string;
  /**
   * The audience that tokens must be issued for, or several of which a token needs one (RFC 7519 §4.1.3). `null` leaves the
   * audience unchecked on purpose: any token of this issuer is then accepted here, whichever API it is for.
   */
  readonly audience: string | readonly string[] | null;
  /** The URL of the JWK Set, if not `keys.source`. Default: the one in the issuer's metadata, else `<issuer>/oauth2/jwks`. */
  readonly jwksUri?: string;
  /** The signature algorithms to accept. Default: RS256, PS256, ES256 and EdDSA, each with the keys that fit it. */
  readonly algorithms?: readonly AlgorithmName[];
  /** The `typ` that tokens must have: `at+jwt` for issuers that follow RFC 9068. Default: absent, `JWT` or `at+jwt`. */
  readonly requireTyp?: 'at+jwt' | 'JWT';
  /** Claims that must be present besides `iss`, `sub` and `exp` (and `aud`, where it is checked). Default: none. */
  readonly requiredClaims?: readonly string[];
  /** The maximum age of a token by its `iat`, in seconds, even if its `exp` is later. Default: none. */
  readonly maxAgeSeconds?: number;
  /** By how much clocks may differ, in seconds, 0 to 300. Default: 5. */
  readonly clockToleranceSeconds?: number;
  /** The conventions that the claims follow. Default: `connect` for issuers under `authkit.app`, else `standard`. */
  readonly profile?: ClaimProfile;
  /** Introspection of tokens at the issuer (RFC 7662). Default: none; opaque tokens are then refused. */
  readonly introspection?: IntrospectionOptions;
  /** How the issuer's keys are loaded and cached. */
  readonly keys?: KeyOptions;
}

export interface IntrospectionOptions {
  /** The URL of the endpoint. Default: the one in the issuer's metadata, else `<issuer>/oauth2/introspection`. */
  readonly endpoint?: string;
  /** The client id of this resource server at the issuer. */
  readonly clientId: string;
  /** Its secret, if not `privateKey`. */
  readonly clientSecret?: string;
  /** Its private key, for `private_key_jwt`: RSA, P-256 or Ed25519, as PEM text, JWK or KeyObject. */
  readonly privateKey?: PrivateKey;
  /** Default: `private_key_jwt` with a private key, else `client_secret_post`, as Connect documents. */
  readonly authMethod?: ClientAuthMethod;
  /**
   * When to introspect. `fallback`: opaque tokens, and JWTs whose key cannot be had; never after a check that failed.
   * `always`: every token at every request, after the local checks. `never`: only where `live` is set. Default:
   * `fallback`. With several issuers, opaque tokens are introspected only if exactly one of them does so.
   */
  readonly mode?: 'never' | 'fallback' | 'always';
  /** The time limit of one call, in milliseconds. Default: 3,000. */
  readonly timeoutMs?: number;
  /** How long an active response is cached, in seconds, 0 to 60; never past its `exp`. Default: 60. */
  readonly cacheSeconds?: number;
}

export interface KeyOptions {
  /**
   * A function that provides the keys instead of the network; excludes `jwksUri`. Everything else still applies: the
   * deadline and the cool-down, the last good keys, and which keys are usable. Default: the JWK Set is fetched.
   */
  readonly source?: KeySource;
  /** How long keys are used, in seconds; they are refreshed before. A withdrawn key works no longer than this. Default: 600. */
  readonly cacheSeconds?: number;
  /** How much longer the last good keys are used while the issuer cannot be reached, in seconds. Default: 3,600. */
  readonly staleSeconds?: number;
  /** How often tokens with unknown keys may cause a fetch: once per this many seconds. Default: 5. */
  readonly cooldownSeconds?: number;
  /**
   * The time limit for loading the keys, in milliseconds. Default: 5,000; 2,500 with introspection as the fallback, so that
   * a caller waits at most 5.5 seconds either way.
   */
  readonly timeoutMs?: number;
}

/** The options that all issuers share. */
export interface VerifierSharedOptions {
  /** Verified tokens are remembered until they expire. `null`: check every token anew. Default: 10,000 tokens. */
  readonly tokenCache?: { readonly maxEntries: number } | null;
  /**
   * The organizations that are allowed: a list, or a function that is called at every request and returns `true`. Callers
   * of others get 403 `org_not_allowed`. Tokens without an organization are allowed: the rules of the routes refuse them.
   * An error of the function goes to the application's error handler. Default: all.
   */
  readonly allowedOrgs?: AllowedOrgs;
  /** State that several processes share. Default: none. */
  readonly stores?: { readonly introspection?: IntrospectionStore; readonly revocations?: RevocationFeed };
  /** The clock and the network, for tests and proxies. Default: those of the process. */
  readonly runtime?: Partial<Runtime>;
}

/** Options of `createVerifier`: one issuer, or a list of them. */
export type VerifierOptions = VerifierSharedOptions & (IssuerOptions | { readonly issuers: readonly IssuerOptions[] });
