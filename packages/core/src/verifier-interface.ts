import type { KeyObject } from 'node:crypto';
import type { Auth } from './auth/auth.js';
import type { VerifierEvents } from './events/verifier-events.js';
import type { AcceptedIssuer } from './issuer/accepted-issuer.js';
import type { IssuerHealth } from './issuer/trusted-issuer.js';
import type { Revocation } from './revocation/revocation.js';

export interface VerifyOptions {
  /** Also introspects the token at the issuer, now. Default: false. */
  readonly live?: boolean;
}

/** The state of a verifier, for a health check. */
export interface VerifierHealth {
  /** Whether the tokens of every issuer can be checked now. */
  readonly ready: boolean;
  readonly issuers: readonly IssuerHealth[];
}

/** Verifies access tokens. Make one and use it for every request. */
export interface Verifier {
  /** The issuers whose tokens are accepted, and on which terms. Frozen. */
  readonly issuers: readonly AcceptedIssuer[];
  /**
   * Stages 2 to 6, and `allowedOrgs` of stage 7. Returns the Auth of a valid token, or throws the reason it is not.
   *
   * @throws InvalidTokenError if the token is not valid
   * @throws OrgForbiddenError if its organization is not among `allowedOrgs`
   * @throws IssuerUnavailableError if that cannot be determined at the moment
   * @throws ConfigurationError if a live check is requested and the token's issuer has no introspection
   */
  verify(token: string, options?: VerifyOptions): Promise<Auth>;
  /**
   * Returns the `Auth` of a token that was verified before and still counts, without a wait; `undefined` only means that the
   * token needs `verify`. For adapters: an `await` costs a busy route a twentieth of its throughput.
   */
  recall(token: string): Auth | undefined;
  /**
   * Returns the public key that a JWT names, for code that insists on verifying by itself. It verifies nothing: the header
   * that names the key, and the `iss` that names the issuer, are whatever the caller wrote. Both are checked as in
   * `verify`, and the key is one that this issuer publishes for this algorithm.
   *
   * @throws InvalidTokenError if the token is opaque or malformed, or its issuer, algorithm or key is not accepted
   * @throws IssuerUnavailableError if the keys cannot be had
   */
  resolveKey(token: string): Promise<KeyObject>;
  /** Loads the keys of every issuer, for a program that should not start without them. @throws IssuerUnavailableError */
  ready(): Promise<void>;
  health(): VerifierHealth;
  /**
   * Revokes tokens: they are refused from now on, in every process if there is a revocation feed.
   *
   * @throws ConfigurationError unless the revocation names exactly one thing
   * @throws whatever the feed throws; the revocation applies in this process all the same
   */
  revoke(revocation: Revocation): Promise<void>;
  /** Calls `listener` at every event of this name. Returns a function that removes it. */
  on<Name extends keyof VerifierEvents>(name: Name, listener: (...event: VerifierEvents[Name]) => void): () => void;
  /** Aborts fetches that are in flight and makes no more. After it, nothing keeps the process alive. */
  close(): Promise<void>;
}
