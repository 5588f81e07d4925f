import * as core from '@connect-auth/core';
import { describe, expect, jest, test } from '@jest/globals';

type Core = typeof core;

/** Another copy of the package, as two versions of it in one process are. */
async function loadAgain(): Promise<Core> {
  jest.resetModules();
  return import('@connect-auth/core');
}

const errorsOf = (copy: Core): Record<string, core.AuthError> => ({
  MissingTokenError: new copy.MissingTokenError(),
  InvalidRequestError: new copy.InvalidRequestError('too_large'),
  InvalidTokenError: new copy.InvalidTokenError('expired'),
  InsufficientScopeError: new copy.InsufficientScopeError(['a']),
  ActorForbiddenError: new copy.ActorForbiddenError('user_required'),
  OrgForbiddenError: new copy.OrgForbiddenError('org_mismatch'),
  IssuerUnavailableError: new copy.IssuerUnavailableError('jwks', 1),
});

describe('isAuthError', () => {
  test('knows every error of this package, by its own name', () => {
    for (const [name, error] of Object.entries(errorsOf(core))) {
      expect([core.isAuthError(error), error.name, error instanceof Error]).toEqual([true, name, true]);
    }
  });

  test('knows the errors of another copy, whose classes are others, and that copy knows these', async () => {
    const copy = await loadAgain();
    expect(copy.AuthError).not.toBe(core.AuthError);
    for (const error of Object.values(errorsOf(copy))) {
      expect([error instanceof core.AuthError, core.isAuthError(error)]).toEqual([false, true]);
      expect(core.toChallenge(error)).toEqual(copy.toChallenge(error));
      expect(error.code).toBe(errorsOf(core)[error.name]?.code);
    }
    for (const error of Object.values(errorsOf(core))) expect(copy.isAuthError(error)).toBe(true);
  });

  test.each<[what: string, value: unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'InvalidTokenError'],
    ['a function', () => undefined],
    ['an object that looks like one', { ...new core.InvalidTokenError('expired'), name: 'InvalidTokenError' }],
    ['a plain error', new Error('x')],
    ['an HTTP error of another library', Object.assign(new Error('x'), { status: 401, error: 'invalid_token' })],
    ['a ConfigurationError, which is nobody’s request', new core.ConfigurationError('issuer', 'is missing')],
  ])('does not take %s for one', (_, value) => {
    expect(core.isAuthError(value)).toBe(false);
  });
});

test('a ConfigurationError names its option, in its message too', () => {
  const error = new core.ConfigurationError('introspection.clientSecret', 'is missing');
  const { name, code, option, message } = error;
  expect({ name, code, option, message }).toEqual({
    name: 'ConfigurationError',
    code: 'CONFIGURATION',
    option: 'introspection.clientSecret',
    message: 'introspection.clientSecret is missing',
  });
  expect(error).toBeInstanceOf(Error);
});

test('an error has a stack that begins with its name, and keeps its cause', () => {
  const cause = new Error('behind it');
  const error = new core.IssuerUnavailableError('jwks', 1, { cause });
  expect(error.cause).toBe(cause);
  expect(error.stack).toMatch(/^(IssuerUnavailable)?Error: The issuer's keys could not be had\.\n/);
  expect('cause' in new core.InvalidTokenError('expired')).toBe(false);
});
