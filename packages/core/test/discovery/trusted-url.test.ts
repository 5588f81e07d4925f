import { expect, test } from '@jest/globals';
import { isTrustedUrl } from '../../src/discovery/trusted-url.js';

test.each([
  'https://issuer.test/oauth2/jwks',
  'https://issuer.test:8443/keys?version=2',
  'HTTPS://ISSUER.TEST/keys',
  'http://localhost:3000/keys',
  'http://127.0.0.1/keys',
  'http://127.8.8.8:80/keys',
  'http://[::1]:3000/keys',
])('%s is trusted', (url) => {
  expect(isTrustedUrl(url)).toBe(true);
});

test.each([
  'http://issuer.test/keys',
  'http://localhost.issuer.test/keys',
  'http://127.0.0.1.issuer.test/keys',
  'http://notlocalhost/keys',
  'http://10.0.0.1/keys',
  'http://0.0.0.0/keys',
  'http://[::2]/keys',
  'https://user@issuer.test/keys',
  'https://user:secret@issuer.test/keys',
  'https://issuer.test/keys#fragment',
  'file:///etc/keys.json',
  'data:application/json,{}',
  'ftp://issuer.test/keys',
  '//issuer.test/keys',
  '/oauth2/jwks',
  '',
])('%s is not', (url) => {
  expect(isTrustedUrl(url)).toBe(false);
});
