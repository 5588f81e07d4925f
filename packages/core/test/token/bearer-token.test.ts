import { createVerifier } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { outcomeOf } from '../errors/outcome.js';
import { openSigner } from './signer.js';

const signer = await openSigner();
const verifier = createVerifier(signer.options);
const malformed = expect.stringMatching(/^InvalidTokenError 401 invalid_token malformed \([^()]+\)$/);

test.each<[form: string, token: unknown]>([
  ['undefined', undefined],
  ['null', null],
  ['an empty string', ''],
  ['an array', []],
  ['an array of one good token', [signer.sign()]],
  ['an object', {}],
  ['an object that reads like a good token', { toString: () => signer.sign() }],
  ['a String object', new String(signer.sign())],
  ['a number', 7],
  ['true', true],
  ['a symbol', Symbol('token')],
  ['bytes', Buffer.from(signer.sign())],
  ['a good token after "Bearer "', `Bearer ${signer.sign()}`],
  ['a good token before a space', `${signer.sign()} `],
  ['a good token before a line feed', `${signer.sign()}\n`],
  ['a good token after a line feed', `\n${signer.sign()}`],
  ['a good token twice', `${signer.sign()},${signer.sign()}`],
  ['a good token before a zero byte', `${signer.sign()}\u0000`],
  ['16,385 characters', 'a'.repeat(16_385)],
])('refuses %s: 401 malformed', async (_, token) => {
  expect(await outcomeOf(verifier.verify(token as never))).toEqual(malformed);
});

test('a good JWT of exactly 16,384 characters is accepted, one of 16,385 is not', async () => {
  const signOfLength = (length: number) => {
    for (let at = 0; ; at += 1) {
      const token = signer.sign({ payload: { ...signer.claims, padding: 'a'.repeat(11_500 + at) } });
      if (token.length >= length) return token;
    }
  };
  const [largest, tooLarge] = [signOfLength(16_384), signOfLength(16_385)];
  expect([largest.length, tooLarge.length > 16_384]).toEqual([16_384, true]);
  expect(await outcomeOf(verifier.verify(largest))).toBe('accepted');
  expect(await outcomeOf(verifier.verify(tooLarge))).toEqual(malformed);
});

test('what is no token costs no fetch', async () => {
  signer.issuer.resetRequests();
  const fresh = createVerifier(signer.options);
  for (const token of ['', undefined, 'Bearer x', '..', 'a'.repeat(16_385)])
    await outcomeOf(fresh.verify(token as never));
  expect(signer.issuer.requests.total).toBe(0);
});
