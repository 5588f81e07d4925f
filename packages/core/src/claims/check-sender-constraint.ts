import { InvalidTokenError } from '../errors/token-errors.js';
import type { ValidClaims } from './valid-claims.js';

/**
 * Refuses a token that is bound to a key or a certificate (RFC 7800 §3.1, RFC 8705 §3, RFC 9449 §6). Nothing here checks
 * the proof of possession, and if such a token were accepted as a plain Bearer token, a stolen one would work.
 */
export function checkSenderConstraint(claims: ValidClaims): void {
  if (claims.cnf !== undefined) throw new InvalidTokenError('sender_constraint');
}
