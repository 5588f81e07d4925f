import { ConfigurationError, createVerifier } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import passport from 'passport';
import { ConnectStrategy } from '../../src/index.js';

const verifier = createVerifier({ issuer: 'https://issuer.test', audience: 'a' });

/** The option that the constructor complains about; `none` if it does not. */
function faultOf(...args: unknown[]): string {
  try {
    new ConnectStrategy(...(args as [never]));
    return 'none';
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.option;
  }
}

test('the name is connect unless told, and Passport knows the strategy by it', () => {
  expect(new ConnectStrategy(verifier).name).toBe('connect');
  expect(new ConnectStrategy(verifier, { name: 'other' }).name).toBe('other');
  expect(() => new passport.Passport().use(new ConnectStrategy(verifier))).not.toThrow();
});

describe('what is wrong shows when the strategy is made', () => {
  test.each([undefined, null, {}, 'https://issuer.test', { verify: () => undefined }, { recall: () => undefined }])(
    '%p is no verifier',
    (value) => {
      expect(faultOf(value)).toBe('verifier');
    },
  );

  test.each([
    [null, 'options'],
    ['connect', 'options'],
    [{ name: '' }, 'name'],
    [{ name: 7 }, 'name'],
    [{ realm: 'a\nb' }, 'realm'],
    [{ realm: 7 }, 'realm'],
    [{ resourceMetadata: 'https://api.test/ä' }, 'resource_metadata'],
    [{ session: false }, 'session'],
    [{}, 'none'],
    [undefined, 'none'],
    [{ name: undefined, realm: undefined, resourceMetadata: undefined }, 'none'],
  ])('%j: %s', (options, fault) => {
    expect(faultOf(verifier, options)).toBe(fault);
  });
});
