import {
  ConfigurationError,
  hasAnyScope,
  hasScopes,
  InsufficientScopeError,
  requireAnyScope,
  requireScopes,
} from '@connect-auth/core';
import { allScopesRule, anyScopeRule } from '@connect-auth/core/adapter';
import { describe, expect, test } from '@jest/globals';
import { lineOf } from '../errors/outcome.js';
import { attempt, openAuth } from './open-auth.js';

const authWith = await openAuth();
const forbidden = 'InsufficientScopeError 403 insufficient_scope scope';

/** All six ways to ask, of one token: [all, any], once each answer agrees with its rule and its requirement. */
async function verdict(scope: string | string[], required: readonly string[]): Promise<[all: boolean, any: boolean]> {
  const auth = await authWith({ scope });
  const [all, any] = [hasScopes(auth, ...required), hasAnyScope(auth, ...required)];
  const outcomes = [
    [all, () => requireScopes(auth, ...required)],
    [all, () => allScopesRule(...required)(auth)],
    [any, () => requireAnyScope(auth, ...required)],
    [any, () => anyScopeRule(...required)(auth)],
  ] as const;
  for (const [granted, action] of outcomes) {
    const outcome = attempt(action);
    expect(outcome === 'passed').toBe(granted);
    if (!granted) {
      expect(lineOf(outcome)).toBe(forbidden);
      expect((outcome as InsufficientScopeError).requiredScopes).toEqual(required);
    }
  }
  return [all, any];
}

test.each<[granted: string | string[], required: string[], verdict: [all: boolean, any: boolean]]>([
  ['a', ['a'], [true, true]],
  ['a b', ['a'], [true, true]],
  ['a b', ['a', 'b'], [true, true]],
  ['a b', ['b', 'a', 'b'], [true, true]],
  ['a', ['a', 'b'], [false, true]],
  ['a', ['b'], [false, false]],
  ['', ['a'], [false, false]],
  [[], ['a'], [false, false]],
  ['projects:read', ['projects'], [false, false]],
  ['projects', ['projects:read'], [false, false]],
  ['projects:*', ['projects:read'], [false, false]],
  ['*', ['projects:read'], [false, false]],
  ['Projects:Read', ['projects:read'], [false, false]],
  ['projects:readwrite', ['projects:read'], [false, false]],
  ['read', ['projects:read'], [false, false]],
  [['a b'], ['a'], [false, false]],
  ['a,b', ['a'], [false, false]],
  ['toString', ['constructor'], [false, false]],
])('a token with %j where %j is asked for: [all, any] = %j', async (granted, required, expected) => {
  expect(await verdict(granted, required)).toEqual(expected);
});

describe('a rule that asks for nothing, or for what no token can have, is a mistake: ConfigurationError', () => {
  const noScopes: unknown[][] = [
    [],
    [''],
    [' '],
    ['a b'],
    ['a', 'b c'],
    ['a '],
    ['a"b'],
    ['a\\b'],
    ['a\n'],
    ['ä'],
    [undefined],
    [null],
    [7],
    [['a', 'b']],
    [['a']],
    ['a', undefined],
    [{}],
    [new String('a')],
  ];
  test.each(noScopes.map((scopes) => [scopes]))('%j', async (scopes) => {
    const auth = await authWith({ scope: 'a b' });
    const args = scopes as string[];
    for (const [call, action] of [
      ['requireScopes()', () => requireScopes(auth, ...args)],
      ['requireScopes()', () => allScopesRule(...args)],
      ['requireAnyScope()', () => requireAnyScope(auth, ...args)],
      ['requireAnyScope()', () => anyScopeRule(...args)],
    ] as const) {
      const error = attempt(action);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect((error as ConfigurationError).option).toBe(call);
    }
  });

  test('asked as a question, nothing and a list are not granted', async () => {
    const auth = await authWith({ scope: 'a b' });
    expect([hasScopes(auth), hasAnyScope(auth)]).toEqual([false, false]);
    expect([hasScopes(auth, ['a'] as never), hasAnyScope(auth, ['a'] as never)]).toEqual([false, false]);
    expect([hasScopes(auth, 'a b'), hasAnyScope(auth, 'a b')]).toEqual([false, false]);
  });
});

test('a rule is settled when it is made: a list that changes later changes nothing', async () => {
  const required = ['a', 'b'];
  const rule = allScopesRule(...required);
  required.length = 0;
  const auth = await authWith({ scope: 'a' });
  const error = attempt(() => rule(auth));
  expect((error as InsufficientScopeError).requiredScopes).toEqual(['a', 'b']);
  expect(Object.isFrozen((error as InsufficientScopeError).requiredScopes)).toBe(true);
});
