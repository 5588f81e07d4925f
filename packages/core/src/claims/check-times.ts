import { InvalidTokenError } from '../errors/token-errors.js';
import type { ClaimRules } from './claim-rules.js';
import type { ValidClaims } from './valid-claims.js';

/**
 * RFC 7519 §4.1.4–4.1.6. At the second that `exp` names the token is over; the tolerance is for clocks that differ, and
 * is given on both sides.
 */
export function checkTimes({ exp, iat, nbf }: ValidClaims, rules: ClaimRules, nowSeconds: number): void {
  const { clockToleranceSeconds: tolerance, maxAgeSeconds } = rules;
  if (nowSeconds >= exp + tolerance) throw new InvalidTokenError('expired');
  if (nbf !== undefined && nbf > nowSeconds + tolerance) throw new InvalidTokenError('not_yet_valid', 'nbf');
  if (iat !== undefined && iat > nowSeconds + tolerance) throw new InvalidTokenError('not_yet_valid', 'iat');
  if (maxAgeSeconds === undefined) return;
  if (iat === undefined) throw new InvalidTokenError('missing_claim', 'iat');
  if (nowSeconds >= iat + maxAgeSeconds + tolerance) throw new InvalidTokenError('expired', 'maxAgeSeconds');
}

/** The second at which a token that is good now stops being good by itself. */
export function endsAt({ exp, iat }: ValidClaims, { maxAgeSeconds, clockToleranceSeconds }: ClaimRules): number {
  const end = maxAgeSeconds === undefined || iat === undefined ? exp : Math.min(exp, iat + maxAgeSeconds);
  return end + clockToleranceSeconds;
}
