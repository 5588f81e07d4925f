import { describe, expect, test } from '@jest/globals';
import { faultOf } from './fault.js';

const introspection = { clientId: 'c', clientSecret: 's' };

/** Where a URL may stand, and how it is said there. */
const places: [option: string, withUrl: (url: unknown) => object][] = [
  ['issuer', (issuer) => ({ issuer })],
  ['jwksUri', (jwksUri) => ({ jwksUri })],
  ['introspection.endpoint', (endpoint) => ({ introspection: { ...introspection, endpoint } })],
];

describe.each(places)('%s', (option, withUrl) => {
  test.each([
    'https://issuer.test',
    'https://issuer.test/',
    'https://issuer.test/tenant/1',
    'https://issuer.test:8443',
    'https://127.0.0.1',
    'http://localhost',
    'http://localhost:3000/x',
    'http://127.0.0.1:3000',
    'http://127.1.2.3',
    'http://[::1]:3000',
  ])('%s is good', (url) => {
    expect(faultOf(withUrl(url))).toBe('none');
  });

  test.each([
    'http://issuer.test',
    'http://localhost.attacker.test',
    'http://127.0.0.1.attacker.test',
    'http://attacker.test/?localhost',
    'http://localhost@attacker.test',
    'http://0.0.0.0',
    'http://10.0.0.1',
    'http://192.168.1.1',
    'http://169.254.169.254',
    'http://[::2]',
    'http://[::ffff:127.0.0.1]',
    'https://user@issuer.test',
    'https://user:password@issuer.test',
    'https://:password@issuer.test',
    'https://issuer.test#fragment',
    'ftp://issuer.test',
    'file:///etc/passwd',
    'data:application/json,{}',
    'javascript:alert(1)',
    'ws://localhost',
    'issuer.test',
    '//issuer.test',
    '/oauth2/jwks',
    'https://',
    'https:// issuer.test',
    'acme',
  ])('%s is none to fetch from', (url) => {
    expect(faultOf(withUrl(url))).toBe(option);
  });

  test.each([null, '', ' ', [], {}, ['https://issuer.test'], 7, Number.NaN, true].map((value) => [value]))(
    '%p is no text',
    (value) => {
      expect(faultOf(withUrl(value))).toBe(option);
    },
  );
});

describe('the issuer is an identifier (RFC 8414 §2)', () => {
  test.each([
    'https://issuer.test?tenant=1',
    'https://issuer.test/?',
    'https://issuer.test#',
    ' https://issuer.test',
    'https://issuer.test ',
    'https://issuer.test\n',
    'https://issuer\t.test',
  ])('%j, which no issuer is called, is refused', (issuer) => {
    expect(faultOf({ issuer })).toBe('issuer');
  });
});

test('other URLs may have a query', () => {
  expect(faultOf({ jwksUri: 'https://issuer.test/keys?tenant=1' })).toBe('none');
});
