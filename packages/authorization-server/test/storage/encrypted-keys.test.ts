import { ConfigurationError } from '@connect-auth/core';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { describe, expect, test } from '@jest/globals';
import { AuthorizationServer, type AuthorizationServerOptions } from '../../src/index.js';
import { createM2m, grant, manage, post } from '../kit/client.js';
import { dump, writingsOf } from './dump.js';
import { shareDatabase } from './shared-database.js';

const days = 24 * 60 * 60 * 1000;

(await describeOnPostgres(describe, 'encrypted-keys.test.ts'))('the private signing keys', () => {
  const shared = shareDatabase();
  const right = 'ab'.repeat(32);
  const wrong = 'cd'.repeat(32);
  const clock = { time: Date.now(), now: () => clock.time };

  /** Why it does not start. */
  const refusal = (options: Partial<AuthorizationServerOptions>): Promise<unknown> =>
    AuthorizationServer.open({ issuer: 'https://issuer.test', storage: shared.storage, ...options }).then(
      async (server) => {
        await server.close();
        return 'it started';
      },
      (error: unknown) => error,
    );

  const keysInDatabase = () => shared.query('select * from connect_auth.signing_keys order by environment_id, kid');

  /** Refused with the name of the option and of the key, and nothing has changed. */
  async function expectRefused(environmentId: string, options: Partial<AuthorizationServerOptions>): Promise<void> {
    const before = await keysInDatabase();
    const error = await refusal({ environmentId, ...options });
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toMatch(
      /^keys\.encryptionKey does not open signing key sso_oidc_key_pair_\w{26}: it was sealed with another$/,
    );
    expect(await keysInDatabase()).toEqual(before);
  }

  test.each(['RS256', 'ES256', 'EdDSA'] as const)(
    'of %s stand in no table, neither when new nor when rotated',
    async (algorithm) => {
      const server = await shared.open({ environmentId: algorithm, keys: { encryptionKey: right, algorithm } });
      const { signingKeys } = server.server.parts;
      const seen = [signingKeys.current.active.privateJwk];
      await manage(server, 'POST', '/signing_keys/rotate');
      seen.push(signingKeys.current.active.privateJwk);

      const text = await dump(shared.query);
      expect(new Set(seen.map(({ kid }) => kid)).size).toBe(2);
      for (const { kid, d, p } of seen) {
        expect(text).toContain(kid);
        for (const part of [d, p]) {
          if (part === undefined) continue;
          const bytes = Buffer.from(part, 'base64url');
          for (const writing of [...writingsOf(part), bytes.toString('hex'), bytes.toString('base64')]) {
            expect(text).not.toContain(writing);
          }
        }
      }
      expect(text).not.toContain('"d":');
      await shared.close(server);
    },
  );

  test('open with the same key after a restart: tokens from before are good', async () => {
    const keys = { encryptionKey: right };
    const issuer = 'https://issuer.test';
    const first = await shared.open({ environmentId: 'restarted', issuer, keys });
    const m2m = await createM2m(first);
    const token = await grant(first, m2m);
    await shared.close(first);
    const second = await shared.open({
      environmentId: 'restarted',
      issuer,
      keys: { encryptionKey: Buffer.from(right, 'hex').toString('base64') },
    });
    expect((await post(second, '/oauth2/introspection', { ...m2m.credentials, token })).body.active).toBe(true);
  });

  test('do not open with another key: the server does not start, and changes nothing', async () => {
    const server = await shared.open({ environmentId: 'wrong', keys: { encryptionKey: right } });
    await shared.close(server);
    await expectRefused('wrong', { keys: { encryptionKey: wrong } });
    await shared.close(await shared.open({ environmentId: 'wrong', keys: { encryptionKey: right } }));
  });

  test.each<[when: string, later: number, keys: AuthorizationServerOptions['keys']]>([
    ['a rotation is due', 91 * days, {}],
    ['another algorithm is wanted', 0, { algorithm: 'ES256' }],
  ])('do not open with another key either when %s', async (when, later, keys) => {
    clock.time = Date.now();
    await shared.close(await shared.open({ environmentId: when, clock, keys: { encryptionKey: right } }));
    clock.time += later;
    await expectRefused(when, { clock, keys: { encryptionKey: wrong, ...keys } });
    await shared.close(await shared.open({ environmentId: when, clock, keys: { encryptionKey: right, ...keys } }));
  });

  test('do not open in another environment or under another name', async () => {
    for (const environmentId of ['one', 'two']) {
      await shared.close(await shared.open({ environmentId, keys: { encryptionKey: right } }));
    }
    // Whoever can write the table cannot put one key in another's place.
    await shared.query(
      `update connect_auth.signing_keys set sealed_private_jwk =
         (select sealed_private_jwk from connect_auth.signing_keys where environment_id = 'one' and status = 'active')
       where environment_id = 'two' and status = 'active'`,
    );
    await expectRefused('two', { keys: { encryptionKey: right } });
  });

  test('need a key on PostgreSQL', async () => {
    expect(await refusal({ environmentId: 'none' })).toEqual(
      new ConfigurationError('keys.encryptionKey', 'is needed with PostgreSQL: openssl rand -base64 32'),
    );
  });
});
