import { InvalidTokenError } from '../errors/token-errors.js';
import type { ClaimSettings } from './claim-settings.js';
import type { ValidClaims } from './valid-claims.js';

/** RFC 9068 §4: the issuer must match exactly; a trailing slash makes it a different one. */
export function checkIssuer({ iss }: ValidClaims, { issuer }: ClaimSettings): void {
  if (iss !== issuer) throw new InvalidTokenError('wrong_issuer');
}
