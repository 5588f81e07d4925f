import { InvalidTokenError } from '../errors/token-errors.js';
import type { ValidClaims } from './valid-claims.js';

/**
 * A token that is bound to a key or a certificate (RFC 7800 §3.1, RFC 8705 §3, RFC 9449 §6) is worth nothing without the
 * proof. Nothing here checks proofs, so it is refused: taken as a plain Bearer token, a stolen one would do.
 */
export function checkSenderConstraint(claims: ValidClaims): void {
  if (claims.cnf !== undefined) throw new InvalidTokenError('sender_constraint');
}
