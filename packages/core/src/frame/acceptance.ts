import type { Auth } from '../auth/auth.js';

/** The part of a verifier that accepts tokens. */
export interface TokenVerifier {
  verify(token: string, options?: { readonly live?: boolean }): Promise<Auth>;
  recall(token: string): Auth | undefined;
}

/** A token that a verifier has accepted for a request, or is still verifying. */
export interface Acceptance {
  readonly verifier: TokenVerifier;
  readonly token: string;
  /** Whether the issuer was asked. */
  readonly live: boolean;
  auth: Auth | Promise<Auth>;
}
