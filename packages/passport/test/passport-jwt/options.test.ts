import { ConfigurationError, createVerifier, type Verifier } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { passportJwtOptions } from '../../src/index.js';

const acme = { issuer: 'https://acme.test', audience: ['a', 'b'], algorithms: ['RS256', 'EdDSA'] } as const;
const globex = { issuer: 'https://globex.test', audience: ['b', 'c'], clockToleranceSeconds: 30 } as const;

const shown = (verifier: Verifier) => {
  const { issuer, audience, algorithms, jsonWebTokenOptions } = passportJwtOptions(verifier);
  return { issuer, audience, algorithms, jsonWebTokenOptions };
};

/** The option that is complained about; `none` if there is none. */
function faultOf(verifier: unknown): string {
  try {
    passportJwtOptions(verifier as Verifier);
    return 'none';
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.option;
  }
}

test('of one issuer they repeat its terms, but for EdDSA', () => {
  expect(shown(createVerifier(acme))).toEqual({
    issuer: ['https://acme.test'],
    audience: ['a', 'b'],
    algorithms: ['RS256'],
    jsonWebTokenOptions: { clockTolerance: 5 },
  });
});

test('of several issuers they are the sum of their terms', () => {
  expect(shown(createVerifier({ issuers: [acme, globex] }))).toEqual({
    issuer: ['https://acme.test', 'https://globex.test'],
    audience: ['a', 'b', 'c'],
    algorithms: ['RS256', 'PS256', 'ES256'],
    jsonWebTokenOptions: { clockTolerance: 30 },
  });
});

test('an audience that is unchecked for one issuer cannot be checked for any', () => {
  const verifier = createVerifier({ issuers: [acme, { ...globex, audience: null }] });
  expect(passportJwtOptions(verifier).audience).toBeUndefined();
});

test('they are the caller’s to change, and no way to change what the verifier accepts', () => {
  const verifier = createVerifier(acme);
  const { issuer, audience, algorithms } = passportJwtOptions(verifier);
  for (const list of [issuer, audience, algorithms] as string[][]) list.push('HS256');
  expect(shown(verifier)).toMatchObject({ issuer: ['https://acme.test'], audience: ['a', 'b'], algorithms: ['RS256'] });
});

test('where passport-jwt knows none of the algorithms, that shows now', () => {
  expect(faultOf(createVerifier({ ...acme, algorithms: ['EdDSA'] }))).toBe('algorithms');
});

test.each([undefined, null, {}, 'https://acme.test', { verify: () => undefined, recall: () => undefined }])(
  '%p is no verifier',
  (verifier) => {
    expect(faultOf(verifier)).toBe('verifier');
  },
);

test('a verifier without resolveKey, or without issuers, is none', () => {
  const verifier = createVerifier(acme);
  expect(faultOf({ ...verifier, resolveKey: undefined })).toBe('verifier');
  expect(faultOf({ ...verifier, issuers: undefined })).toBe('verifier');
});

test('only errors that blame the request make a token missing', () => {
  const { jwtFromRequest } = passportJwtOptions(createVerifier(acme));
  expect(jwtFromRequest({ headers: { authorization: 'Bearer abc' } })).toBe('abc');
  expect(jwtFromRequest({ headers: { authorization: 'Bearer' } })).toBeNull();
  expect(() => jwtFromRequest(undefined as never)).toThrow(TypeError);
});
