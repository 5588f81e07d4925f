import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64url } from '../../src/token/decode-base64url.js';
import { lineOf, refused } from '../errors/outcome.js';
import { seed, seeded } from './seeded.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** RFC 4648 §5 by bits, without the engine's encoder. */
function encode(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const digits = bits.match(/.{1,6}/g) ?? [];
  return digits.map((digit) => alphabet[Number.parseInt(digit.padEnd(6, '0'), 2)]).join('');
}

test(`each value has one text, and is what it decodes to (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect([...decodeBase64url(encode(bytes))]).toEqual([...bytes]);
    }),
    seeded,
  );
});

test(`a text is decoded if and only if it is that one (seed ${seed})`, () => {
  const character = fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...alphabet) },
    fc.constantFrom('=', '+', '/', ' ', 'é'),
  );
  const counts = { decoded: 0, refused: 0 };
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
      try {
        expect(encode(decodeBase64url(text))).toBe(text);
        counts.decoded += 1;
      } catch (error) {
        expect(lineOf(error)).toBe(refused('malformed (base64url)'));
        // It is wrong by a character, by its length, or by bits that encode nothing.
        const foreign = /[^A-Za-z0-9_-]/.test(text);
        const strayBits = { 2: 4, 3: 2 }[text.length % 4] ?? 0;
        const lastDigit = alphabet.indexOf(text.at(-1) ?? 'A');
        expect(foreign || text.length % 4 === 1 || lastDigit % 2 ** strayBits !== 0).toBe(true);
        counts.refused += 1;
      }
    }),
    seeded,
  );
  expect(Math.min(counts.decoded, counts.refused)).toBeGreaterThan(100);
});
