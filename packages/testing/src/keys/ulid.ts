import { randomBytes } from 'node:crypto';

const CROCKFORD_BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Makes a ULID, which WorkOS builds its ids on: 48 bits of time in milliseconds, 80 random bits, as 26 characters. */
export function createUlid(timeMs: number): string {
  let bits = (BigInt(Math.max(0, Math.floor(timeMs))) << 80n) | BigInt(`0x${randomBytes(10).toString('hex')}`);
  let text = '';
  for (let position = 0; position < 26; position += 1) {
    text = `${CROCKFORD_BASE32[Number(bits & 31n)]}${text}`;
    bits >>= 5n;
  }
  return text;
}
