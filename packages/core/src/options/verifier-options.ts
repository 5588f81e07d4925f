import type { AllowedOrgs } from '../access/allowed-orgs.js';
import type { ClaimProfile } from '../claims/claim-rules.js';
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
   * The audience that tokens must be issued for, or several of which one is enough (RFC 7519 §4.1.3). `null` leaves the
   * audience unchecked on purpose: any token of this issuer, for whichever API, is then accepted here.
   */
  readonly audience: string | readonly string[] | null;
  /** Where the JWK Set is; or else `keys.source`. Default: where the issuer's metadata says, else `<issuer>/oauth2/jwks`. */
  readonly jwksUri?: string;
  /** The signature algorithms to accept. Default: RS256, PS256, ES256 and EdDSA, each with the keys that fit it. */
  readonly algorithms?: readonly AlgorithmName[];
  /** The `typ` that tokens must have: `at+jwt` for issuers that keep to RFC 9068. Default: absent, `JWT` or `at+jwt`. */
  readonly requireTyp?: 'at+jwt' | 'JWT';
  /** Claims that must be there besides `iss`, `sub` and `exp` (and `aud`, where it is checked). Default: none. */
  readonly requiredClaims?: readonly string[];
  /** How old a token may be by its `iat`, in seconds, however far off its `exp` is. Default: as old as it likes. */
  readonly maxAgeSeconds?: number;
  /** By how much clocks may differ, in seconds, 0 to 300. Default: 5. */
  readonly clockToleranceSeconds?: number;
  /** Whose conventions the claims follow. Default: `connect` for issuers under `authkit.app`, else `standard`. */
  readonly profile?: ClaimProfile;
  /** Asking the issuer about tokens (RFC 7662). Default: never; opaque tokens are then refused. */
  readonly introspection?: IntrospectionOptions;
  /** How the issuer's keys are kept. */
  readonly keys?: KeyOptions;
}

export interface IntrospectionOptions {
  /** Default: where the issuer's metadata says, else `<issuer>/oauth2/introspection`. */
  readonly endpoint?: string;
  /** The identifier of this resource server at the issuer. */
  readonly clientId: string;
  /** Its secret; or else `privateKey`. */
  readonly clientSecret?: string;
  /** Its private key, for `private_key_jwt`: RSA, P-256 or Ed25519, as PEM text, JWK or KeyObject. */
  readonly privateKey?: PrivateKey;
  /** Default: `private_key_jwt` with a private key, else `client_secret_post`, as Connect documents. */
  readonly authMethod?: ClientAuthMethod;
  /**
   * When to ask. `fallback`: about opaque tokens, and about JWTs whose key cannot be had; never after a check that
   * failed. `always`: about every token, at every request, after the local checks. `never`: only where `live` is asked
   * for. Default: `fallback`. With several issuers, opaque tokens are asked about only if one of them alone is asked.
   */
  readonly mode?: 'never' | 'fallback' | 'always';
  /** How long one call may take in all, in milliseconds. Default: 3,000. */
  readonly timeoutMs?: number;
  /** How long an active answer may be used again, in seconds, 0 to 60; never past its `exp`. Default: 60. */
  readonly cacheSeconds?: number;
}

export interface KeyOptions {
  /**
   * Where the keys come from instead of the network; does not go with `jwksUri`. All other rules hold: the deadline and
   * the cool-down, the last good keys, and which keys are fit. Default: the JWK Set is fetched.
   */
  readonly source?: KeySource;
  /** How long keys serve, in seconds; they are renewed before. A withdrawn key works no longer than this. Default: 600. */
  readonly cacheSeconds?: number;
  /** How long beyond that the last good keys serve while the issuer cannot be asked, in seconds. Default: 3,600. */
  readonly staleSeconds?: number;
  /** How often tokens with unknown keys may cause a fetch: once in so many seconds. Default: 5. */
  readonly cooldownSeconds?: number;
  /**
   * How long getting the keys may take in all, in milliseconds. Default: 5,000; 2,500 where introspection answers instead,
   * so that a caller waits for no more than 5.5 seconds in either case.
   */
  readonly timeoutMs?: number;
}

/** What does not belong to one issuer. */
export interface SharedOptions {
  /** Tokens that were verified are remembered until they end. `null`: check every token anew. Default: 10,000 tokens. */
  readonly tokenCache?: { readonly maxEntries: number } | null;
  /**
   * Which organizations are let in: a list, or a function that is asked at every request and answers `true`; callers of
   * others get 403 `org_not_allowed`. A token of no organization passes: refusing those is for the rules of the routes. What the function throws is for the application's error handler. Default: all.
   */
  readonly allowedOrgs?: AllowedOrgs;
  /** State that several processes share. Default: none, each process for itself. */
  readonly stores?: { readonly introspection?: IntrospectionStore; readonly revocations?: RevocationFeed };
  /** The clock and the network, for tests and for proxies. Default: those of the process. */
  readonly runtime?: Partial<Runtime>;
}

/** Options of `createVerifier`: one issuer, or a list of them. */
export type VerifierOptions = SharedOptions & (IssuerOptions | { readonly issuers: readonly IssuerOptions[] });
