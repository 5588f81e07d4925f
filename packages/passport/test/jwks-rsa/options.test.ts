import 'jose';
import { ConfigurationError, createVerifier } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { jwksRsaKeys } from '../../src/index.js';

const { default: jwksRsa, JwksClient } = await import('jwks-rsa');

function faultOf(make: () => unknown): string {
  try {
    make();
    return 'none';
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.option;
  }
}

test.each([undefined, null, {}, 'https://issuer.test/keys', () => undefined])('%p is no JwksClient', (client) => {
  expect(faultOf(() => jwksRsaKeys(client as never))).toBe('jwksRsaKeys()');
});

test('what passportJwtSecret() returns is none either', () => {
  const secret = jwksRsa.passportJwtSecret({ jwksUri: 'https://issuer.test/keys' });
  expect(faultOf(() => jwksRsaKeys(secret as never))).toBe('jwksRsaKeys()');
});

test.each([
  ['https://issuer.test/keys', 'none'],
  ['http://127.0.0.1:8080/keys', 'none'],
  ['http://issuer.test/keys', 'jwksUri'],
  ['keys', 'jwksUri'],
])('a client for %s: %s', (jwksUri, fault) => {
  expect(faultOf(() => jwksRsaKeys(new JwksClient({ jwksUri })))).toBe(fault);
});

test('any object that gets keys will do', () => {
  expect(faultOf(() => jwksRsaKeys({ getKeys: async () => [] }))).toBe('none');
});

test('a verifier takes keys from one place: jwksUri beside keys.source is refused', () => {
  const keys = { source: jwksRsaKeys(new JwksClient({ jwksUri: 'https://issuer.test/keys' })) };
  const options = { issuer: 'https://issuer.test', audience: 'a', keys };
  expect(faultOf(() => createVerifier(options))).toBe('none');
  expect(faultOf(() => createVerifier({ ...options, jwksUri: 'https://issuer.test/keys' }))).toBe('jwksUri');
});
