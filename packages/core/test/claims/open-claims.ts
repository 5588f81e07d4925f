import { createVerifier, type IssuerOptions, type JsonObject } from '@connect-auth/core';
import { outcomeOf } from '../errors/outcome.js';
import { openSigner, type Signer } from '../token/signer.js';

/** An issuer whose clock stands still, and what a verifier makes of claims that it signed. */
export interface ClaimsCourt extends Signer {
  /** What becomes of good claims with these merged over them; `undefined` leaves a claim out. */
  readonly outcome: (claims: JsonObject, options?: Partial<IssuerOptions>) => Promise<string>;
  /** The same for a payload that is written as it stands. */
  readonly outcomeOfText: (payload: string, options?: Partial<IssuerOptions>) => Promise<string>;
}

export async function openClaims(): Promise<ClaimsCourt> {
  const signer = await openSigner();
  const judge = (payload: JsonObject | string, options: Partial<IssuerOptions> = {}) =>
    outcomeOf(createVerifier({ ...signer.options, ...options }).verify(signer.sign({ payload })));
  return {
    ...signer,
    outcome: (claims, options) => judge({ ...signer.claims, ...claims }, options),
    outcomeOfText: judge,
  };
}
