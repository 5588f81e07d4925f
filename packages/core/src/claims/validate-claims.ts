import type { IntrospectedClaims } from '../introspection/introspection-response.js';
import type { SignedClaims } from '../token/unverified-jwt.js';
import { checkAudience } from './check-audience.js';
import { checkClaimTypes } from './check-claim-types.js';
import { checkIssuer } from './check-issuer.js';
import { checkRequiredClaims } from './check-required-claims.js';
import { checkSenderConstraint } from './check-sender-constraint.js';
import { checkTimes } from './check-times.js';
import { checkTokenClass } from './check-token-class.js';
import type { ClaimSettings } from './claim-settings.js';
import type { ValidClaims } from './valid-claims.js';

/** Claims under a signature that was verified here, or of an introspection response. */
export type UncheckedClaims = SignedClaims | IntrospectedClaims;

/**
 * Stage 5: checks claims against the settings of their issuer. The first check that fails names the reason.
 *
 * Not checked here: scopes and organizations, which belong to routes, and anything about the actor's existence.
 *
 * @param nowSeconds whole seconds since the epoch
 * @throws InvalidTokenError
 */
export function validateClaims(claims: UncheckedClaims, settings: ClaimSettings, nowSeconds: number): ValidClaims {
  checkRequiredClaims(claims, settings.requiredClaims);
  checkClaimTypes(claims);
  const valid = claims as unknown as ValidClaims; // The types hold from here on; the checks below establish the rest.
  checkIssuer(valid, settings);
  checkTokenClass(valid, settings);
  checkAudience(valid, settings);
  checkTimes(valid, settings, nowSeconds);
  checkSenderConstraint(valid);
  return valid;
}
