import { InvalidTokenError } from '../errors/token-errors.js';
import type { ClaimSettings } from './claim-settings.js';
import type { ValidClaims } from './valid-claims.js';

/** RFC 7519 §4.1.3: one of the token's audiences must equal one of ours exactly. */
export function checkAudience({ aud }: ValidClaims, { audience }: ClaimSettings): void {
  if (audience === null) return;
  if (aud === undefined) throw new InvalidTokenError('missing_claim', 'aud');
  const isOurs = typeof aud === 'string' ? audience.includes(aud) : aud.some((member) => audience.includes(member));
  if (!isOurs) throw new InvalidTokenError('wrong_audience');
}
