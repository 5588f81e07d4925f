import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeDigits = 10;
const chanceDigits = 16;

/**
 * Makes ULIDs: ten characters of time, sixteen of randomness. Each is greater than the one before, even within one
 * millisecond and after a clock was set back.
 */
export function createEventIds(now: () => number): () => string {
  let lastMs = -1;
  let time = '';
  let chance: number[] = [];
  return () => {
    const ms = Math.max(0, Math.floor(now()));
    if (ms > lastMs) {
      lastMs = ms;
      time = encodeTime(ms);
      chance = Array.from(randomBytes(chanceDigits), (byte) => byte & 31);
      chance[0] = (chance[0] ?? 0) & 15; // Leaves room to count up.
    } else {
      countUp(chance);
    }
    return time + chance.map((digit) => alphabet[digit]).join('');
  };
}

function encodeTime(ms: number): string {
  let text = '';
  for (let rest = ms; text.length < timeDigits; rest = Math.floor(rest / 32)) text = `${alphabet[rest % 32]}${text}`;
  return text;
}

function countUp(digits: number[]): void {
  for (let at = digits.length - 1; at >= 0; at -= 1) {
    const digit = (digits[at] ?? 0) + 1;
    digits[at] = digit % 32;
    if (digit < 32) return;
  }
}
