import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { AuthorizationServer } from '../../src/index.js';

const good = { issuer: 'https://auth.test', storage: { kind: 'pglite' } } as const;
const opening = (options: object) => AuthorizationServer.open({ ...good, ...options } as never);

async function expectRefused(options: object, name: string) {
  const error: Error = await opening(options).then(
    () => new Error('it was opened'),
    (refusal) => refusal,
  );
  expect([error.constructor.name, error.message]).toEqual([
    'ConfigurationError',
    expect.stringMatching(new RegExp(`^${name.replaceAll(/[.[\]]/g, '\\$&')} `)),
  ]);
  expect(error).toBeInstanceOf(ConfigurationError);
}

describe('the issuer', () => {
  test.each([
    [undefined],
    [''],
    [7],
    ['auth.test'],
    ['https://auth.test/'],
    ['https://auth.test/path'],
    ['https://auth.test?x=1'],
    ['https://auth.test#x'],
    ['https://auth.test:443'],
    ['https://AUTH.test'],
    ['https://user:secret@auth.test'],
    [' https://auth.test'],
    ['http://auth.test'],
    ['http://localhost.evil.test'],
    ['http://127.0.0.1.evil.test'],
    ['ftp://auth.test'],
    ['urn:auth'],
    ['javascript:alert(1)'],
  ])('is not %j', async (issuer) => {
    await expectRefused({ issuer }, 'issuer');
  });

  test.each(['https://auth.test', 'https://auth.test:8443', 'http://localhost:3000', 'http://127.0.0.1:3000'])(
    'is %s',
    async (issuer) => {
      await expectRefused({ issuer, mount: 'later' }, 'mount'); // The next mistake is told.
    },
  );
});

/** It is not even asked: what is wrong with the options is told first. */
const nowhere = { kind: 'postgres', connectionString: 'postgres://127.0.0.1:1/nowhere' };

const known = 'a name that is not known';
const table: [string, string, object][] = [
  ['isuer', known, { isuer: 'x' }],
  ['storage.connectionStrin', known, { storage: { kind: 'postgres', connectionStrin: 'x' } }],
  ['storage.connectionString', known, { storage: { kind: 'pglite', connectionString: 'x' } }],
  ['storage.dataDir', known, { storage: { kind: 'postgres', dataDir: 'x' } }],
  ['tokens.accessTokenTtl', known, { tokens: { accessTokenTtl: 1 } }],
  ['keys.alg', known, { keys: { alg: 'RS256' } }],
  ['keys.encryptionKey.path', known, { keys: { encryptionKey: { path: 'x' } } }],
  ['credentials.peper', known, { credentials: { peper: 'x' } }],
  ['management.apikey', known, { management: { apikey: 'x' } }],

  ['tokens.accessTokenSeconds', 'zero', { tokens: { accessTokenSeconds: 0 } }],
  ['tokens.accessTokenSeconds', 'text', { tokens: { accessTokenSeconds: '60' } }],
  ['tokens.accessTokenSeconds', 'null', { tokens: { accessTokenSeconds: null } }],
  ['tokens.refreshTokenSeconds', 'below zero', { tokens: { refreshTokenSeconds: -1 } }],
  ['tokens.refreshTokenSeconds', 'endless', { tokens: { refreshTokenSeconds: Number.POSITIVE_INFINITY } }],
  ['tokens.authorizationCodeSeconds', 'a fraction', { tokens: { authorizationCodeSeconds: 1.5 } }],
  ['tokens.authorizationCodeSeconds', 'no number', { tokens: { authorizationCodeSeconds: Number.NaN } }],
  ['keys.rotateEverySeconds', 'zero', { keys: { rotateEverySeconds: 0 } }],
  ['keys.rotateEverySeconds', 'text', { keys: { rotateEverySeconds: '90d' } }],

  ['tokens.profile', 'unknown', { tokens: { profile: 'auth0' } }],
  ['keys.algorithm', 'with a shared secret', { keys: { algorithm: 'HS256' } }],
  ['keys.algorithm', 'none', { keys: { algorithm: 'none' } }],
  ['migrate', 'unknown', { migrate: 'yes' }],
  ['mount', 'unknown', { mount: 'later' }],
  ['storage.kind', 'unknown', { storage: { kind: 'mysql' } }],
  ['storage.kind', 'missing', { storage: {} }],
  [
    'storage',
    'both a pool and a connection string',
    { storage: { kind: 'postgres', connectionString: 'x', pool: {} } },
  ],
  ['storage.pool', 'no pool', { storage: { kind: 'postgres', pool: {} } }],

  ['keys.encryptionKey', 'missing with PostgreSQL', { storage: nowhere }],
  ['keys.encryptionKey', 'too short', { storage: nowhere, keys: { encryptionKey: 'abcd' } }],
  ['keys.encryptionKey', 'too long', { storage: nowhere, keys: { encryptionKey: 'ab'.repeat(33) } }],
  ['keys.encryptionKey', 'empty', { keys: { encryptionKey: '' } }],
  ['keys.encryptionKey.file', 'without a name', { keys: { encryptionKey: { file: '' } } }],
  ['environmentId', 'empty', { environmentId: '' }],
  ['environmentClientId', 'a number', { environmentClientId: 7 }],
  ['credentials.pepper', 'empty', { credentials: { pepper: '' } }],
  ['management.enabled', 'text', { management: { enabled: 'no' } }],
  ['management.apiKey', 'empty', { management: { apiKey: '' } }],
  ['management.apiKey', 'a blank', { management: { apiKey: ' ' } }],
  ['management.apiKey', 'with a blank', { management: { apiKey: 'sk my-secret' } }],
  ['management.apiKey', 'with a line break at the end', { management: { apiKey: 'sk_1\n' } }],
  ['management.apiKey', 'with a letter that no header has', { management: { apiKey: 'sk_ł' } }],
  ['management.apiKey', 'longer than 256 characters', { management: { apiKey: 'x'.repeat(257) } }],
  ['management.guard', 'an object', { management: { guard: {} } }],

  ['resources', 'text', { resources: 'https://api.test' }],
  ['resources[1]', 'no URI', { resources: ['https://api.test', 'api'] }],
  ['resources[0]', 'with a fragment', { resources: ['https://api.test#x'] }],
  ['organizations', 'without find', { organizations: {} }],
  ['users', 'without isMember', { users: { find: () => undefined } }],
  ['logger', 'without error', { logger: { warn: () => undefined } }],
  ['clock', 'without now', { clock: {} }],
  ['clock', 'a function', { clock: Date.now }],
  ['rateLimit', 'no function', { rateLimit: {} }],
  ['audit', 'text', { audit: 'log' }],
  ['audit', 'null', { audit: null }],
  ['audit', 'a function', { audit: () => undefined }],
  ['audit.sinks', 'without any sink', { audit: {} }],
  ['audit.operator[0]', 'a function for a sink', { audit: { operator: [() => undefined] } }],
  [
    'audit.queue.capacity',
    'no room',
    { audit: { operator: [{ name: 'a', write: async () => {} }], queue: { capacity: 0 } } },
  ],
  ['audit.wait', 'unknown', { audit: { wait: 1 } }],

  ['tokens', 'null', { tokens: null }],
  ['keys', 'null', { keys: null }],
  ['keys.encryptionKey', 'null', { keys: { encryptionKey: null } }],
  ['credentials', 'text', { credentials: 'x' }],
  ['management', 'null', { management: null }],
  ['storage', 'null', { storage: null }],
  ['storage.kind', 'text', { storage: 'postgres://host/db' }],
  ['organizations', 'null', { organizations: null }],
];

test.each(table)('%s is refused: %s', async (name, _why, options) => {
  await expectRefused(options, name);
});

test.each([undefined, null, 'https://auth.test', []])('options are an object, not %j', async (options) => {
  await expect(AuthorizationServer.open(options as never)).rejects.toThrow(ConfigurationError);
});

test('no message repeats a secret', async () => {
  const secrets = { storage: nowhere, keys: { encryptionKey: 'my-secret' }, credentials: { pepper: 'my-secret' } };
  const error: Error = await opening(secrets).then(
    () => new Error('opened'),
    (refusal) => refusal,
  );
  expect(error.message).toMatch(/^keys\.encryptionKey /);
  expect(error.message).not.toContain('my-secret');
});
