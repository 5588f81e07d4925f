import { createECDH, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import type { AlgorithmName } from '@connect-auth/core';
import { createFixedClock, createTestIssuer, type SigningAlgorithm, type TestIssuer } from '@connect-auth/testing';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';

type Jwk = Record<string, unknown>;

const clock = createFixedClock();
const issuers = new Map<SigningAlgorithm, Promise<TestIssuer>>();
afterAll(async () => {
  for (const issuer of issuers.values()) await (await issuer).close();
});

/** One issuer for all tests of an algorithm: making an RSA key takes longer than they do. */
function issuerOf(algorithm: SigningAlgorithm): Promise<TestIssuer> {
  const issuer = issuers.get(algorithm) ?? createTestIssuer({ algorithm, clock });
  issuers.set(algorithm, issuer);
  return issuer;
}

/** What becomes of a good token where its key is published in this form. */
async function outcomeWith(
  algorithm: SigningAlgorithm,
  publish: (jwk: Jwk) => Jwk,
  algorithms?: readonly AlgorithmName[],
): Promise<string> {
  const issuer = await issuerOf(algorithm);
  const [jwk] = issuer.keys.jwks().keys;
  issuer.serveJwks({ keys: [publish({ ...jwk })] });
  return outcomeOf(openVerifier({ clock, issuer }, algorithms && { algorithms }).verify(issuer.token()));
}

const without = (jwk: Jwk, name: string): Jwk =>
  Object.fromEntries(Object.entries(jwk).filter(([key]) => key !== name));
const exported = (type: 'private' | 'public', curve: string): JsonWebKey => {
  const pair = generateKeyPairSync('ec', { namedCurve: curve });
  return (type === 'private' ? pair.privateKey : pair.publicKey).export({ format: 'jwk' });
};
/** An odd number of exactly so many bits. */
const modulus = (bits: number) => Buffer.alloc(bits / 8, 0xff).toString('base64url');

describe('a key is taken', () => {
  test.each<[string, SigningAlgorithm, (jwk: Jwk) => Jwk]>([
    ['as the issuer publishes it, RSA', 'RS256', (jwk) => jwk],
    ['as the issuer publishes it, P-256', 'ES256', (jwk) => jwk],
    ['as the issuer publishes it, Ed25519', 'EdDSA', (jwk) => jwk],
    ['without alg and use', 'RS256', (jwk) => without(without(jwk, 'alg'), 'use')],
    ['without alg for PSS', 'PS256', (jwk) => without(jwk, 'alg')],
    ['with verify among its operations', 'ES256', (jwk) => ({ ...jwk, key_ops: ['sign', 'verify'] })],
    ['with members that mean nothing here', 'ES256', (jwk) => ({ ...jwk, x5u: 'https://evil.test', iat: 1 })],
  ])('%s', async (_how, algorithm, publish) => {
    expect(await outcomeWith(algorithm, publish)).toBe('accepted');
  });
});

describe('a key is passed over', () => {
  test.each<[string, SigningAlgorithm, (jwk: Jwk) => Jwk]>([
    ['that is private', 'ES256', () => exported('private', 'P-256') as Jwk],
    ['that shows one private member', 'RS256', (jwk) => ({ ...jwk, d: 'AQAB' })],
    ['that shows a prime', 'RS256', (jwk) => ({ ...jwk, p: 'AQAB' })],
    ['that shows a shared secret', 'ES256', (jwk) => ({ ...jwk, k: 'c2VjcmV0' })],
    ['that is symmetric', 'RS256', ({ kid }) => ({ kty: 'oct', kid, k: 'c2VjcmV0', alg: 'HS256' })],
    [
      'that is symmetric and calls itself RS256',
      'RS256',
      ({ kid }) => ({ kty: 'oct', kid, k: 'c2VjcmV0', alg: 'RS256' }),
    ],
    ['of RSA with 1024 bits', 'RS256', (jwk) => ({ ...jwk, n: modulus(1024) })],
    ['of RSA with 2040 bits', 'RS256', (jwk) => ({ ...jwk, n: modulus(2040) })],
    ['of RSA with 8200 bits', 'RS256', (jwk) => ({ ...jwk, n: modulus(8200) })],
    ['of RSA with 16384 bits', 'RS256', (jwk) => ({ ...jwk, n: modulus(16_384) })],
    ['of RSA with the exponent 1', 'RS256', (jwk) => ({ ...jwk, e: 'AQ' })],
    ['of RSA with an even exponent', 'RS256', (jwk) => ({ ...jwk, e: 'AQAA' })],
    ['of RSA with a giant exponent', 'RS256', (jwk) => ({ ...jwk, e: modulus(1024) })],
    ['of RSA without a modulus', 'RS256', (jwk) => without(jwk, 'n')],
    ['for encryption', 'RS256', (jwk) => ({ ...jwk, use: 'enc' })],
    ['whose use is no text', 'RS256', (jwk) => ({ ...jwk, use: ['sig'] })],
    ['whose operations are others', 'ES256', (jwk) => ({ ...jwk, key_ops: ['sign', 'encrypt'] })],
    ['whose operations are none', 'ES256', (jwk) => ({ ...jwk, key_ops: [] })],
    ['whose operations are no list', 'ES256', (jwk) => ({ ...jwk, key_ops: 'verify' })],
    ['of another algorithm of its type', 'RS256', (jwk) => ({ ...jwk, alg: 'PS256' })],
    ['for key transport', 'RS256', (jwk) => ({ ...jwk, alg: 'RSA-OAEP' })],
    ['whose alg is no text', 'RS256', (jwk) => ({ ...jwk, alg: ['RS256'] })],
    ['on another curve', 'ES256', ({ kid }) => ({ ...exported('public', 'P-384'), kid })],
    [
      'on another curve under the right name',
      'ES256',
      ({ kid }) => ({ ...exported('public', 'P-384'), kid, crv: 'P-256' }),
    ],
    ['on no curve', 'ES256', (jwk) => ({ ...jwk, y: jwk.x })],
    ['on secp256k1', 'ES256', ({ kid }) => ({ ...exported('public', 'secp256k1'), kid })],
    ['of Ed25519 that is for key agreement', 'EdDSA', (jwk) => ({ ...jwk, crv: 'X25519' })],
    ['whose kid is no text', 'ES256', (jwk) => ({ ...jwk, kid: 7 })],
    ['whose coordinates are text of something else', 'ES256', (jwk) => ({ ...jwk, x: '***' })],
  ])('%s', async (_how, algorithm, publish) => {
    expect(await outcomeWith(algorithm, publish)).toBe('401 unknown_key');
  });

  test('that is private, even under its own kid and with a good signature', async () => {
    const ecdh = createECDH('prime256v1');
    ecdh.generateKeys();
    expect(await outcomeWith('ES256', (jwk) => ({ ...jwk, d: ecdh.getPrivateKey('base64url') }))).toBe(
      '401 unknown_key',
    );
  });
});

test('RSA keys of 2048 and of 8192 bits are within the limits: their signatures are looked at', async () => {
  for (const bits of [2048, 8192]) {
    expect(await outcomeWith('RS256', (jwk) => ({ ...jwk, n: modulus(bits) }))).toBe('401 bad_signature');
  }
});

test('a key without alg works only for the algorithms that are allowed', async () => {
  const bare = (jwk: Jwk) => without(jwk, 'alg');
  expect(await outcomeWith('PS256', bare, ['PS256'])).toBe('accepted');
  expect(await outcomeWith('PS256', bare, ['RS256'])).toBe('401 algorithm_not_allowed');
});
