import { expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { get, openIssuer } from '../open-issuer.js';

test('serves public keys only, in the form Connect serves them', async () => {
  const issuer = await openIssuer({ algorithm: 'RS256' });
  const { keys } = (await (await get(issuer, '/oauth2/jwks')).json()) as { keys: Record<string, unknown>[] };
  expect(keys).toHaveLength(1);
  expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  expect(keys[0]).toMatchObject({ alg: 'RS256', use: 'sig', kty: 'RSA', e: 'AQAB', kid: issuer.keys.current });
  expect(issuer.keys.current).toMatch(/^sso_oidc_key_pair_[0-9A-HJKMNP-TV-Z]{26}$/);
});

test('rotate signs with a new key and keeps the old one published', async () => {
  const issuer = await openIssuer();
  const old = issuer.keys.current;
  const before = issuer.token();
  const rotated = issuer.keys.rotate('EdDSA');
  expect(issuer.keys.current).toBe(rotated);
  const after = issuer.token();
  expect([before, after].map((token) => decodeProtectedHeader(token).kid)).toEqual([old, rotated]);
  expect(issuer.keys.jwks().keys.map(({ kid, alg }) => [kid, alg])).toEqual([
    [old, 'ES256'],
    [rotated, 'EdDSA'],
  ]);
  for (const token of [before, after]) await jwtVerify(token, createLocalJWKSet(issuer.keys.jwks()));
});

test('a prepared key signs, and is unknown until it is published', async () => {
  const issuer = await openIssuer();
  const { current, prepare, publish, withdraw, jwks } = issuer.keys;
  const prepared = prepare();
  expect(issuer.keys.current).toBe(current);
  const token = issuer.token({ key: prepared });
  await expect(jwtVerify(token, createLocalJWKSet(jwks()))).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  publish(prepared);
  await jwtVerify(token, createLocalJWKSet(jwks()));
  withdraw(prepared);
  await expect(jwtVerify(token, createLocalJWKSet(jwks()))).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  expect(() => publish('no-such-kid')).toThrow('no key with kid');
});

test('any document can be served in place of the keys or the metadata', async () => {
  const issuer = await openIssuer();
  const read = async (path: string) => (await get(issuer, path)).json();
  for (const value of [{ keys: [] }, null, 'text']) {
    issuer.serveJwks(value);
    expect(await read('/oauth2/jwks')).toEqual(value);
    issuer.serveMetadata(value);
    expect(await read('/.well-known/openid-configuration')).toEqual(value);
    expect(await read('/.well-known/oauth-authorization-server')).toEqual(value);
  }
  issuer.serveJwks(undefined);
  expect(await read('/oauth2/jwks')).toEqual(issuer.keys.jwks());
});
