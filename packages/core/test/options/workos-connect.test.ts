import { createVerifier, type WorkosConnectOptions, workosConnect } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { faultIn } from './fault.js';

const good = { authkitDomain: 'acme.authkit.app', environmentClientId: 'client_1' };
const faultOfConnect = (options: object) =>
  faultIn(() => createVerifier(workosConnect({ ...good, ...options } as WorkosConnectOptions)));

test('the least there is to say', () => {
  expect(workosConnect(good)).toEqual({
    issuer: 'https://acme.authkit.app',
    jwksUri: 'https://acme.authkit.app/oauth2/jwks',
    algorithms: ['RS256'],
    audience: ['client_1'],
    profile: 'connect',
  });
});

test('all there is to say', () => {
  const introspection = { clientId: 'client_2', clientSecret: 's', mode: 'always' } as const;
  const keys = { cacheSeconds: 60 };
  expect(workosConnect({ ...good, resources: ['https://api.test'], introspection, keys, maxAgeSeconds: 60 })).toEqual({
    issuer: 'https://acme.authkit.app',
    jwksUri: 'https://acme.authkit.app/oauth2/jwks',
    algorithms: ['RS256'],
    audience: ['client_1', 'https://api.test'],
    profile: 'connect',
    introspection: { endpoint: 'https://acme.authkit.app/oauth2/introspection', ...introspection },
    keys,
    maxAgeSeconds: 60,
  });
});

test('what is set beside it wins, but for the profile', () => {
  const jwksUri = 'https://keys.test/jwks';
  const options = { jwksUri, algorithms: ['ES256'], profile: 'standard' } as object;
  expect(workosConnect({ ...good, ...options })).toMatchObject({ jwksUri, algorithms: ['ES256'], profile: 'connect' });
  const endpoint = 'https://ask.test/';
  const introspection = { clientId: 'client_2', clientSecret: 's', endpoint };
  expect(workosConnect({ ...good, introspection }).introspection?.endpoint).toBe(endpoint);
});

test.each(['acme.authkit.app', 'https://acme.authkit.app', 'https://acme.authkit.app/', 'ACME.authkit.app'])(
  'the domain %s makes the issuer https://acme.authkit.app',
  (authkitDomain) => {
    expect(workosConnect({ ...good, authkitDomain }).issuer).toBe('https://acme.authkit.app');
  },
);

describe('refuses', () => {
  test.each(
    [undefined, null, '', ' ', 'acme.authkit.app/x', 'https://acme.authkit.app/x', 'a b', [], {}, 7].map((v) => [v]),
  )('the domain %p', (authkitDomain) => {
    expect(faultOfConnect({ authkitDomain })).toBe('authkitDomain');
  });

  test('a domain over plain http, once a verifier is made of it', () => {
    expect(faultOfConnect({ authkitDomain: 'http://acme.authkit.app' })).toMatch(/^(authkitDomain|jwksUri|issuer)$/);
  });

  test.each([undefined, null, '', ' ', [], ['client_1'], {}, 7].map((value) => [value]))(
    'the environment’s client id %p',
    (environmentClientId) => {
      expect(faultOfConnect({ environmentClientId })).toBe('environmentClientId');
    },
  );

  // A text must not be taken for the list of its characters, each an audience.
  test.each([null, '', 'https://api.test', {}, 7, true].map((value) => [value]))('the resources %p', (resources) => {
    expect(faultOfConnect({ resources })).toBe('resources');
  });

  test.each([[['']], [['https://api.test', null]], [[7]]])('the resources %j', (resources) => {
    expect(faultOfConnect({ resources })).toMatch(/^(resources|audience)\[\d\]$/);
  });

  test('an issuer or an audience beside the domain, and names that mean nothing', () => {
    expect(faultOfConnect({ issuer: 'https://issuer.test' })).toBe('workosConnect()');
    expect(faultOfConnect({ audience: null })).toBe('workosConnect()');
    expect(faultOfConnect({ resource: 'https://api.test' })).toBe('resource');
  });

  test.each([undefined, null, 'acme.authkit.app', []].map((value) => [value]))('options of %p', (options) => {
    expect(faultIn(() => workosConnect(options as never))).toBe('workosConnect()');
  });
});
