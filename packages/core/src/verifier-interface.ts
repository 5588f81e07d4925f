import type { KeyObject } from 'node:crypto';
import type { Auth } from './auth/auth.js';
import type { VerifierEvents } from './events/verifier-events.js';
import type { AcceptedIssuer } from './issuer/accepted-issuer.js';
import type { IssuerHealth } from './issuer/trusted-issuer.js';
import type { Revocation } from './revocation/revocation.js';

export interface VerifyOptions {
  /** Also ask the issuer, now, whether the token is still good. Default: false. */
  readonly live?: boolean;
}

/** Where a verifier stands. */
export interface VerifierHealth {
  /** Whether the tokens of every issuer can be checked now. */
  readonly ready: boolean;
  readonly issuers: readonly IssuerHealth[];
}

/** Verifies access tokens. Make one, and use it for every request. */
export interface Verifier {
  /** Whose tokens are accepted, and on which terms. Frozen. */
  readonly issuers: readonly AcceptedIssuer[];
  /**
   * Stages 2 to 6, and of stage 7 which organizations are let in: takes a token for good, or says why not.
   *
   * @throws InvalidTokenError if the token is not good
   * @throws OrgForbiddenError if its organization is not among `allowedOrgs`
   * @throws IssuerUnavailableError if nobody can tell at the moment
   * @throws ConfigurationError if a live check is asked for and the token's issuer has no introspection
   */
  verify(token: string, options?: VerifyOptions): Promise<Auth>;
  /**
   * The `Auth` of a token that was verified before and still counts, without a wait; `undefined` says nothing about the
   * token but that it is for `verify`. For adapters: an `await` costs a busy route a twentieth of its throughput.
   */
  recall(token: string): Auth | undefined;
  /**
   * The public key that a JWT is to be verified with, for code that insists on verifying by itself. It verifies nothing:
   * the header that names the key, and the `iss` that names the issuer, are whatever the caller wrote. They are held to
   * the same rules as in `verify`, and the key is one that this issuer publishes for this algorithm.
   *
   * @throws InvalidTokenError if the token is opaque, malformed, or of no accepted issuer, algorithm or key
   * @throws IssuerUnavailableError if the keys cannot be had
   */
  resolveKey(token: string): Promise<KeyObject>;
  /** Loads the keys of every issuer, for a start that is not to succeed without. @throws IssuerUnavailableError */
  ready(): Promise<void>;
  health(): VerifierHealth;
  /**
   * Refuses tokens that were good, from now on; through the revocation feed, if there is one, in every process.
   *
   * @throws ConfigurationError unless exactly one thing is named
   * @throws whatever the feed throws; the revocation holds in this process all the same
   */
  revoke(revocation: Revocation): Promise<void>;
  /** Calls `listener` at every event of this name, until the function that it returns is called. */
  on<Name extends keyof VerifierEvents>(name: Name, listener: (...event: VerifierEvents[Name]) => void): () => void;
  /** Ends fetches that are under way and makes no more. Nothing keeps the process alive after it. */
  close(): Promise<void>;
}
