import { generateKeyPairSync } from 'node:crypto';
import { createVerifier } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { faultIn, faultOf, goodOptions } from './fault.js';

const client = { clientId: 'client_1', clientSecret: 'PLANTED-s3cr3t' };
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const faultOfIntrospection = (introspection: unknown) => faultOf({ introspection });
const values = (...list: unknown[]) => list.map((value) => [value]);

test.each(values(null, '', 'x', [], 7, true))('%p is no object', (introspection) => {
  expect(faultOfIntrospection(introspection)).toBe('introspection');
});

test.each(values(undefined, null, '', ' ', [], {}, 7))('clientId: %p', (clientId) => {
  expect(faultOfIntrospection({ ...client, clientId })).toBe('introspection.clientId');
});

test.each(values(undefined, null, '', ' ', [], {}, 7))('clientSecret: %p', (clientSecret) => {
  expect(faultOfIntrospection({ ...client, clientSecret })).toBe('introspection.clientSecret');
});

test.each(values(null, '', 'Fallback', 'sometimes', [], ['always'], {}, true))('mode: %p', (mode) => {
  expect(faultOfIntrospection({ ...client, mode })).toBe('introspection.mode');
});

test.each(values(null, '', 'none', 'client_secret_jwt', [], {}, 7))('authMethod: %p', (authMethod) => {
  expect(faultOfIntrospection({ ...client, authMethod })).toBe('introspection.authMethod');
});

const noNumber = [null, '', '5', [], {}, Number.NaN, Number.POSITIVE_INFINITY, -1, true];

test.each(values(...noNumber, 0, 0.5, 2 ** 31))('timeoutMs: %p', (timeoutMs) => {
  expect(faultOfIntrospection({ ...client, timeoutMs })).toBe('introspection.timeoutMs');
});

test.each(values(...noNumber, 61, 60.1, -0.1))('cacheSeconds: %p', (cacheSeconds) => {
  expect(faultOfIntrospection({ ...client, cacheSeconds })).toBe('introspection.cacheSeconds');
});

test('at their bounds they are good', () => {
  for (const mode of ['never', 'fallback', 'always']) expect(faultOfIntrospection({ ...client, mode })).toBe('none');
  for (const cacheSeconds of [0, 60]) expect(faultOfIntrospection({ ...client, cacheSeconds })).toBe('none');
  expect(faultOfIntrospection({ ...client, timeoutMs: 1 })).toBe('none');
});

describe('privateKey', () => {
  const { clientId } = client;
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const jwk = privateKey.export({ format: 'jwk' });

  test('is PEM text, a JWK or a KeyObject', () => {
    for (const key of [pem, jwk, privateKey]) expect(faultOfIntrospection({ clientId, privateKey: key })).toBe('none');
    const authMethod = 'private_key_jwt';
    expect(faultOfIntrospection({ clientId, privateKey, authMethod })).toBe('none');
  });

  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  test.each(
    values(
      null,
      '',
      'not a key',
      [],
      {},
      7,
      publicKey,
      publicKey.export({ format: 'jwk' }),
      { kty: 'oct', k: 'AA' },
      p384,
    ),
  )('is not %p', (key) => {
    expect(faultOfIntrospection({ clientId, privateKey: key })).toBe('introspection.privateKey');
  });

  test('goes with private_key_jwt, and a secret with the other methods', () => {
    expect(faultOfIntrospection({ ...client, privateKey })).toBe('introspection.clientSecret');
    for (const authMethod of ['client_secret_post', 'client_secret_basic']) {
      expect(faultOfIntrospection({ ...client, authMethod })).toBe('none');
      expect(faultOfIntrospection({ clientId, privateKey, authMethod })).toBe('introspection.privateKey');
    }
    expect(faultOfIntrospection({ clientId, authMethod: 'private_key_jwt' })).toBe('introspection.privateKey');
    expect(faultOfIntrospection({ ...client, authMethod: 'private_key_jwt' })).toBe('introspection.clientSecret');
  });

  test('of one of several issuers is named as that issuer’s', () => {
    const issuers = [{ ...goodOptions, introspection: { clientId, privateKey: 'not a key' } }];
    expect(faultIn(() => createVerifier({ issuers }))).toBe('issuers[0].introspection.privateKey');
  });
});

test('no complaint quotes a secret', () => {
  const broken = [
    { mode: 'x' },
    { cacheSeconds: 99 },
    { [`x${client.clientId}`]: 1 },
    { authMethod: 'private_key_jwt' },
  ];
  const secret = pemWithSecret();
  for (const options of [...broken.map((each) => ({ ...client, ...each })), { clientId: 'c', privateKey: secret }]) {
    const make = () => createVerifier({ ...goodOptions, introspection: options } as never);
    expect(make).toThrow(expect.objectContaining({ message: expect.not.stringContaining('s3cr3t') }));
  }
});

const pemWithSecret = () => '-----BEGIN PRIVATE KEY-----\ns3cr3t\n-----END PRIVATE KEY-----\n';
