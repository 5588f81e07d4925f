import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, as 64 hexadecimal digits. */
export function generateSecret(): string {
  return randomBytes(32).toString('hex');
}

/**
 * SHA-256, or HMAC-SHA-256 with the pepper: a secret of 256 random bits cannot be guessed, and needs no slow hash.
 *
 * @param pepper kept outside the database; whoever has only the database cannot even test a secret
 */
export function hashSecret(secret: string, pepper?: string): Buffer {
  const hash = pepper === undefined ? createHash('sha256') : createHmac('sha256', pepper);
  return hash.update(secret, 'utf8').digest();
}

/** Compares with each of them to the end: how long it takes tells nothing about which one it is. */
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

/** The end of a secret: enough to tell one's own secrets apart. */
export const hintOf = (secret: string): string => secret.slice(-6);
