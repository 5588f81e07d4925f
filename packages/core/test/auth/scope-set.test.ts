import { inspect } from 'node:util';
import { createVerifier } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { openSigner } from '../token/signer.js';

const signer = await openSigner();
const verifier = createVerifier(signer.options);
const scopesOf = async (scope: unknown) =>
  (await verifier.verify(signer.sign({ payload: { ...signer.claims, scope } }))).scopes;

test.each<[scope: unknown, scopes: string[]]>([
  ['a', ['a']],
  ['a b', ['a', 'b']],
  ['b a b', ['b', 'a']],
  ['  a   b  ', ['a', 'b']],
  ['', []],
  ['   ', []],
  [undefined, []],
  [[], []],
  [['a'], ['a']],
  [
    ['a', 'b', 'a'],
    ['a', 'b'],
  ],
  ['a,b', ['a,b']],
  ['a\tb', ['a\tb']],
  ['Projects:Read', ['Projects:Read']],
  ['__proto__ constructor', ['__proto__', 'constructor']],
])('a scope claim of %j grants %j', async (scope, scopes) => {
  expect([...(await scopesOf(scope))]).toEqual(scopes);
});

test('a member of a list is one scope and not several, so that it grants neither', async () => {
  const scopes = await scopesOf(['a b']);
  expect([scopes.has('a'), scopes.has('b')]).toEqual([false, false]);
});

describe('the set', () => {
  test('cannot be added to, taken from or emptied', async () => {
    const scopes = (await scopesOf('a b')) as Set<string>;
    for (const change of [
      () => scopes.add('c'),
      () => scopes.add('a'),
      () => scopes.delete('a'),
      () => scopes.clear(),
    ]) {
      expect(change).toThrow(new TypeError('the scopes of a token are read-only'));
    }
    expect([...scopes]).toEqual(['a', 'b']);
    expect(Object.isFrozen(scopes)).toBe(true);
    expect(() => Object.assign(scopes, { has: () => true })).toThrow(TypeError);
  });

  test('reads like any set', async () => {
    const scopes = await scopesOf('a b');
    expect([scopes.size, scopes.has('a'), scopes.has('c')]).toEqual([2, true, false]);
    expect(new Set(scopes)).toEqual(new Set(['a', 'b']));
    expect(structuredClone(scopes)).toEqual(new Set(['a', 'b']));
  });

  test('is a list in JSON and shows its members in a log', async () => {
    const scopes = await scopesOf('a b');
    expect(JSON.stringify({ scopes })).toBe('{"scopes":["a","b"]}');
    expect(inspect(scopes)).toMatch(/\{ 'a', 'b' \}$/);
  });
});
