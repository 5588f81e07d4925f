import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Returns 256 random bits as 64 hexadecimal digits. */
export function generateSecret(): string {
  return randomBytes(32).toString('hex');
}

/**
 * Returns the SHA-256 of a secret, or its HMAC-SHA-256 with the pepper. 256 random bits cannot be guessed, so a slow
 * hash is not needed.
 *
 * @param pepper kept outside the database: with the database alone, nobody can even test a secret
 */
export function hashSecret(secret: string, pepper?: string): Buffer {
  const hash = pepper === undefined ? createHash('sha256') : createHmac('sha256', pepper);
  return hash.update(secret, 'utf8').digest();
}

/** Always compares with every candidate, so that the time taken does not reveal which one matches. */
export function matchSecret<Candidate extends { readonly hash: Uint8Array }>(
  hash: Uint8Array,
  candidates: readonly Candidate[],
): Candidate | undefined {
  let matching: Candidate | undefined;
  for (const candidate of candidates) {
    if (timingSafeEqual(hash, candidate.hash)) matching = candidate;
  }
  return matching;
}

/** Returns the end of a secret: enough for its owner to tell several apart. */
export const hintOf = (secret: string): string => secret.slice(-6);
