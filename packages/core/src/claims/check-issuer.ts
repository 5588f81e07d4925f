import { InvalidTokenError } from '../errors/token-errors.js';
import type { ClaimRules } from './claim-rules.js';
import type { ValidClaims } from './valid-claims.js';

/** RFC 9068 §4: the issuer to the letter; a trailing slash makes another issuer. */
export function checkIssuer({ iss }: ValidClaims, { issuer }: ClaimRules): void {
  if (iss !== issuer) throw new InvalidTokenError('wrong_issuer');
}
