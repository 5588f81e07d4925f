import { createVerifier } from '@connect-auth/core';
import { createFixedClock, createTestIssuer } from '@connect-auth/testing';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { signingAlgorithms } from '../../../testing/test/issuer-tables.js';
import { lineOf } from '../errors/outcome.js';
import { seed, seeded } from './seeded.js';

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const others = ['.', '+', '/', '=', '~', ' ', '\n', '\u0000', 'é', 'А', '\u2028'];

/** What one character may become: another, nothing, or itself and another. */
const change = fc.record({
  at: fc.nat(),
  character: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...base64url) }, fc.constantFrom(...others)),
  how: fc.constantFrom('replace', 'insert', 'delete'),
});

function changed(token: string, { at, character, how }: { at: number; character: string; how: string }): string {
  // A third of the changes meet the last ten characters, where stray bits and padding would hide.
  const position = at % 3 === 0 ? token.length - 1 - (at % 10) : at % token.length;
  const rest = token.slice(how === 'insert' ? position : position + 1);
  return token.slice(0, position) + (how === 'delete' ? '' : character) + rest;
}

test.each(signingAlgorithms)(
  `a good %s token with one character changed is never accepted, even beside the good one in the cache (seed ${seed})`,
  async (algorithm) => {
    const clock = createFixedClock();
    const issuer = await createTestIssuer({ clock, algorithm });
    const verifier = createVerifier(issuer.verifierOptions());
    const token = issuer.token({ header: { typ: 'at+jwt' } });
    const auth = await verifier.verify(token);
    await fc.assert(
      fc.asyncProperty(change, async (one) => {
        const text = changed(token, one);
        fc.pre(text !== token);
        const outcome = await verifier.verify(text).then(() => 'accepted', lineOf);
        expect(outcome).toMatch(/^InvalidTokenError 401 invalid_token /);
      }),
      seeded,
    );
    expect(await verifier.verify(token)).toBe(auth);
    await issuer.close();
  },
);

test('every last character of a signature has exactly one spelling', async () => {
  const issuer = await createTestIssuer({ clock: createFixedClock(), algorithm: 'ES256' });
  const verifier = createVerifier(issuer.verifierOptions());
  const token = issuer.token();
  const accepted: string[] = [];
  for (const character of [...base64url, ...others]) {
    const text = token.slice(0, -1) + character;
    await verifier.verify(text).then(() => accepted.push(text), lineOf);
  }
  expect(accepted).toEqual([token]);
  await issuer.close();
});
