import type { Auth } from '../auth/auth.js';
import { BoundedCache } from '../cache/bounded-cache.js';
import type { VerificationKey } from '../keys/verification-key.js';
import type { TrustedIssuer } from './trusted-issuer.js';

/** A token that passed all local checks, and what that result depends on. */
export interface VerifiedToken {
  readonly auth: Auth;
  readonly issuer: TrustedIssuer;
  readonly key: VerificationKey;
  /** The second at which the token expires, or exceeds its maximum age. */
  readonly validUntil: number;
  /** A token that was accepted by introspection is never remembered here. */
  readonly introspected: false;
}

/**
 * Remembers verified tokens by their whole text. An entry counts until the token expires and as long as its key is
 * published; revocation is looked up at every use. Nothing is fetched for a hit, and bad tokens are not remembered.
 */
export class VerifiedTokens {
  readonly #tokens: BoundedCache<VerifiedToken> | undefined;

  /** @param maxEntries 0: remember nothing */
  constructor(maxEntries: number) {
    this.#tokens = maxEntries === 0 ? undefined : new BoundedCache(maxEntries);
  }

  recall(token: unknown, nowSeconds: number): VerifiedToken | undefined {
    const known = this.#tokens?.get(token as string);
    if (known === undefined) return undefined;
    if (nowSeconds < known.validUntil && known.issuer.keys.isCurrent(known.key)) return known;
    this.#tokens?.delete(token as string);
    return undefined;
  }

  remember(verified: VerifiedToken): void {
    this.#tokens?.set(verified.auth.token, verified);
  }

  clear(): void {
    this.#tokens?.clear();
  }
}
