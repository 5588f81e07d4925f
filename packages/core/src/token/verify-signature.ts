import { verify } from 'node:crypto';
import { InvalidTokenError } from '../errors/token-errors.js';
import { type Algorithm, type AlgorithmName, algorithms } from '../keys/algorithms.js';
import type { VerificationKey } from '../keys/verification-key.js';
import type { SignedClaims, UnverifiedJwt } from './unverified-jwt.js';

/**
 * Stage 4: verifies the signature (RFC 7515 §5.2). Synchronous on purpose: the check takes some tens of microseconds, less
 * than handing it to another thread.
 *
 * @throws InvalidTokenError `bad_signature`
 */
export function verifySignature(jwt: UnverifiedJwt, key: VerificationKey): SignedClaims {
  const name = jwt.header.alg as AlgorithmName;
  // The key should have been chosen for this algorithm. Never try one that was not.
  if (!key.algorithms.has(name)) throw new InvalidTokenError('bad_signature', 'key of another algorithm');
  const { digest, options }: Algorithm = algorithms[name];
  const input = Buffer.from(jwt.signingInput, 'latin1');
  if (!verify(digest, input, { key: key.keyObject, ...options }, jwt.signature)) {
    throw new InvalidTokenError('bad_signature');
  }
  return jwt.unverifiedPayload as SignedClaims;
}
