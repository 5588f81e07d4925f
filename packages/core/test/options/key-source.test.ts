import { createVerifier, workosConnect } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { faultIn, faultOf, goodOptions } from './fault.js';

const source = async () => ({ keys: [] });
const jwksUri = 'https://issuer.test/keys';

test.each([null, 'https://issuer.test/keys', {}, { keys: [] }, [], 7, true])('%p is no source', (value) => {
  expect(faultOf({ keys: { source: value } })).toBe('keys.source');
});

test('a function is one, and undefined is as if it were not there', () => {
  expect(faultOf({ keys: { source } })).toBe('none');
  expect(faultOf({ keys: { source: undefined }, jwksUri })).toBe('none');
  expect(faultOf({ keys: { source }, jwksUri: undefined })).toBe('none');
});

describe('keys come from one place', () => {
  test('jwksUri beside a source is refused, by its name', () => {
    expect(faultOf({ keys: { source }, jwksUri })).toBe('jwksUri');
    const issuers = [goodOptions, { ...goodOptions, issuer: 'https://other.test', keys: { source }, jwksUri }];
    expect(faultIn(() => createVerifier({ issuers }))).toBe('issuers[1].jwksUri');
  });

  test('the preset for Connect leaves its own jwksUri out beside a source, and not one that was given', () => {
    const domain = { authkitDomain: 'acme.authkit.app', environmentClientId: 'client_01' };
    expect(workosConnect(domain).jwksUri).toBe('https://acme.authkit.app/oauth2/jwks');
    expect(workosConnect({ ...domain, keys: { cacheSeconds: 60 } }).jwksUri).toBe(
      'https://acme.authkit.app/oauth2/jwks',
    );
    expect(faultIn(() => createVerifier(workosConnect({ ...domain, keys: { source } })))).toBe('none');
    expect(faultIn(() => createVerifier(workosConnect({ ...domain, keys: { source }, jwksUri })))).toBe('jwksUri');
  });
});
