import type { Auth } from '../auth/auth.js';
import type { ChallengeOptions } from '../errors/to-challenge.js';
import type { TokenVerifier } from './acceptance.js';

/** The basis on which a guard allowed a call: the same guard need not ask again, any other must. */
export interface PassedGuard {
  readonly handler: object;
  /** The class of the handler. */
  readonly type: object;
  /** The class of the guard. */
  readonly guard: object;
  readonly verifier: TokenVerifier;
  readonly challenge: ChallengeOptions;
  readonly auth: Auth;
}
