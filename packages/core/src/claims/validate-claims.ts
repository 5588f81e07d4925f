import type { AnsweredClaims } from '../introspection/introspection-answer.js';
import type { SignedClaims } from '../token/unverified-jwt.js';
import { checkAudience } from './check-audience.js';
import { checkClaimTypes } from './check-claim-types.js';
import { checkIssuer } from './check-issuer.js';
import { checkRequiredClaims } from './check-required-claims.js';
import { checkSenderConstraint } from './check-sender-constraint.js';
import { checkTimes } from './check-times.js';
import { checkTokenClass } from './check-token-class.js';
import type { ClaimRules } from './claim-rules.js';
import type { ValidClaims } from './valid-claims.js';

/** Claims from a signature that was verified here, or from the issuer's own answer. */
export type UncheckedClaims = SignedClaims | AnsweredClaims;

/**
 * Stage 5: holds claims against the rules of their issuer. The first check that fails names the reason. Claims come in
 * only from a signature that was verified here, or from the issuer's own answer.
 *
 * Not checked here: scopes and organizations, which belong to routes, and anything about the actor's existence.
 *
 * @param nowSeconds whole seconds since the epoch
 * @throws InvalidTokenError
 */
export function validateClaims(claims: UncheckedClaims, rules: ClaimRules, nowSeconds: number): ValidClaims {
  checkRequiredClaims(claims, rules.requiredClaims);
  checkClaimTypes(claims);
  const valid = claims as unknown as ValidClaims; // The types hold from here on; the checks below say the rest.
  checkIssuer(valid, rules);
  checkTokenClass(valid, rules);
  checkAudience(valid, rules);
  checkTimes(valid, rules, nowSeconds);
  checkSenderConstraint(valid);
  return valid;
}
