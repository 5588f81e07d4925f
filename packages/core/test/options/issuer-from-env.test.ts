import { createVerifier, issuerFromEnv } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { faultIn } from './fault.js';

const required = { CONNECT_ISSUER: 'https://issuer.test', CONNECT_AUDIENCE: 'https://api.test' };
const client = { CONNECT_CLIENT_ID: 'client_1', CONNECT_CLIENT_SECRET: 'PLANTED-s3cr3t' };

test('the least there is to say', () => {
  expect(issuerFromEnv(required)).toEqual({ issuer: 'https://issuer.test', audience: ['https://api.test'] });
});

test('all there is to say', () => {
  const env = {
    ...required,
    ...client,
    CONNECT_AUDIENCE: 'https://api.test, client_2',
    CONNECT_JWKS_URI: 'https://issuer.test/keys',
    CONNECT_INTROSPECTION_ENDPOINT: 'https://issuer.test/ask',
    CONNECT_INTROSPECTION_MODE: 'always',
    PATH: '/usr/bin',
  };
  expect(issuerFromEnv(env)).toEqual({
    issuer: 'https://issuer.test',
    audience: ['https://api.test', 'client_2'],
    jwksUri: 'https://issuer.test/keys',
    introspection: {
      endpoint: 'https://issuer.test/ask',
      clientId: 'client_1',
      clientSecret: 'PLANTED-s3cr3t',
      mode: 'always',
    },
  });
});

test('without an argument it reads the environment of the process', () => {
  const before = { ...process.env };
  try {
    Object.assign(process.env, required);
    expect(issuerFromEnv()).toMatchObject({ issuer: 'https://issuer.test' });
  } finally {
    for (const name of Object.keys(required)) delete process.env[name];
    Object.assign(process.env, before);
  }
});

describe('names every variable that is missing', () => {
  test.each([
    [{}, 'CONNECT_ISSUER, CONNECT_AUDIENCE'],
    [{ CONNECT_ISSUER: 'https://issuer.test' }, 'CONNECT_AUDIENCE'],
    [{ CONNECT_AUDIENCE: 'https://api.test' }, 'CONNECT_ISSUER'],
    [{ ...required, CONNECT_ISSUER: '' }, 'CONNECT_ISSUER'],
    [{ ...required, CONNECT_ISSUER: undefined, CONNECT_AUDIENCE: '' }, 'CONNECT_ISSUER, CONNECT_AUDIENCE'],
    [{ ...required, CONNECT_CLIENT_ID: 'client_1' }, 'CONNECT_CLIENT_SECRET'],
    [{ ...required, CONNECT_CLIENT_SECRET: 's' }, 'CONNECT_CLIENT_ID'],
    [{ ...required, CONNECT_INTROSPECTION_MODE: 'always' }, 'CONNECT_CLIENT_ID, CONNECT_CLIENT_SECRET'],
    [
      { CONNECT_INTROSPECTION_ENDPOINT: 'https://issuer.test/ask' },
      'CONNECT_ISSUER, CONNECT_AUDIENCE, CONNECT_CLIENT_ID, CONNECT_CLIENT_SECRET',
    ],
  ])('%j: %s', (env, missing) => {
    expect(faultIn(() => issuerFromEnv(env))).toBe(missing);
  });

  test('an empty variable is one that is not set', () => {
    const empty = { CONNECT_JWKS_URI: '', CONNECT_CLIENT_ID: '', CONNECT_INTROSPECTION_MODE: '' };
    expect(issuerFromEnv({ ...required, ...empty })).toEqual(issuerFromEnv(required));
  });
});

test.each([
  [{ CONNECT_AUDIENCE: 'a,,b' }, 'audience[1]'],
  [{ CONNECT_AUDIENCE: ' ' }, 'audience[0]'],
  [{ CONNECT_AUDIENCE: 'a,' }, 'audience[1]'],
  [{ CONNECT_ISSUER: 'http://issuer.test' }, 'issuer'],
  [{ CONNECT_JWKS_URI: 'http://issuer.test/keys' }, 'jwksUri'],
  [{ ...client, CONNECT_INTROSPECTION_MODE: 'sometimes' }, 'introspection.mode'],
  [{ ...client, CONNECT_INTROSPECTION_ENDPOINT: 'issuer.test' }, 'introspection.endpoint'],
])('what is wrong in %j is refused when the verifier is made: %s', (env, fault) => {
  expect(faultIn(() => createVerifier(issuerFromEnv({ ...required, ...env })))).toBe(fault);
});
