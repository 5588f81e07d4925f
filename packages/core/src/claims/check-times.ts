import { InvalidTokenError } from '../errors/token-errors.js';
import type { ClaimSettings } from './claim-settings.js';
import type { ValidClaims } from './valid-claims.js';

/**
 * RFC 7519 §4.1.4–4.1.6. The token expires at the second of `exp`. The tolerance is for clocks that differ, and
 * applies on both sides.
 */
export function checkTimes({ exp, iat, nbf }: ValidClaims, settings: ClaimSettings, nowSeconds: number): void {
  const { clockToleranceSeconds: tolerance, maxAgeSeconds } = settings;
  if (nowSeconds >= exp + tolerance) throw new InvalidTokenError('expired');
  if (nbf !== undefined && nbf > nowSeconds + tolerance) throw new InvalidTokenError('not_yet_valid', 'nbf');
  if (iat !== undefined && iat > nowSeconds + tolerance) throw new InvalidTokenError('not_yet_valid', 'iat');
  if (maxAgeSeconds === undefined) return;
  if (iat === undefined) throw new InvalidTokenError('missing_claim', 'iat');
  if (nowSeconds >= iat + maxAgeSeconds + tolerance) throw new InvalidTokenError('expired', 'maxAgeSeconds');
}

/** Returns the second at which a valid token expires, or exceeds its maximum age. */
export function expiryOf({ exp, iat }: ValidClaims, { maxAgeSeconds, clockToleranceSeconds }: ClaimSettings): number {
  const end = maxAgeSeconds === undefined || iat === undefined ? exp : Math.min(exp, iat + maxAgeSeconds);
  return end + clockToleranceSeconds;
}
