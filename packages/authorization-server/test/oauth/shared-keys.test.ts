import { ConfigurationError } from '@connect-auth/core';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { AuthorizationServer, type SigningAlgorithm } from '../../src/index.js';
import { createM2m, get, grant, manage } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { isActive } from './introspect.js';
import { open, openStorage } from './open.js';

const keysOf = async (server: TestServer) => (await get(server, '/oauth2/jwks')).body.keys;
const kidsOf = async (server: TestServer): Promise<string[]> =>
  (await keysOf(server)).map(({ kid }: { kid: string }) => kid);
const kidOf = (token: string) => decodeProtectedHeader(token).kid;
const statuses = async (server: TestServer) =>
  (await manage(server, 'GET', '/signing_keys')).body.data.map(({ status }: { status: string }) => status);
const rotate = (server: TestServer) => manage(server, 'POST', '/signing_keys/rotate');
const encryptionKey = 'ab'.repeat(32);

(await describeOnPostgres(describe, 'keys in a database that is shared'))('in a database that is shared', () => {
  const openOn = async (storage: Awaited<ReturnType<typeof openStorage>>, algorithm: SigningAlgorithm = 'ES256') =>
    open({ storage, issuer: 'https://auth.test', keys: { algorithm, encryptionKey } });

  test('another algorithm signs from the next start on, and old tokens stay good', async () => {
    const storage = await openStorage();
    const before = await openOn(storage, 'RS256');
    const m2m = await createM2m(before);
    const old = await grant(before, m2m);
    await before.app.close();

    const server = await openOn(storage, 'ES256');
    const token = await grant(server, m2m);
    expect([decodeProtectedHeader(old).alg, decodeProtectedHeader(token).alg]).toEqual(['RS256', 'ES256']);
    const keys = await keysOf(server);
    expect(keys.map(({ alg }: { alg: string }) => alg)).toEqual(['ES256', 'ES256', 'RS256']);
    expect(await statuses(server)).toEqual(['active', 'next', 'retired']);
    for (const one of [old, token]) await jwtVerify(one, createLocalJWKSet({ keys }));
    expect([await isActive(server, m2m, old), await isActive(server, m2m, token)]).toEqual([true, true]);
  });

  test('a server takes over the keys that another one has rotated', async () => {
    const storage = await openStorage();
    const [one, two] = [await openOn(storage), await openOn(storage)];
    expect(await kidsOf(two)).toEqual(await kidsOf(one));
    const m2m = await createM2m(one);
    await rotate(one);
    const token = await grant(one, m2m);
    expect(kidOf(token)).not.toBe(kidOf(await grant(two, m2m)));
    expect(await isActive(two, m2m, token)).toBe(true); // It knew the next key.
    await two.server.parts.signingKeys.refresh();
    expect(kidOf(await grant(two, m2m))).toBe(kidOf(token));
    expect(await kidsOf(two)).toEqual(await kidsOf(one));
  });

  test('rotations at the same time leave one active and one next key', async () => {
    const storage = await openStorage();
    const servers = await Promise.all([openOn(storage), openOn(storage)]);
    const answers = await Promise.all([...servers, ...servers].map(rotate));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await statuses(servers[0])).toEqual(['active', 'next', ...Array(4).fill('retired')]);
  });

  test('they are not in there in plain', async () => {
    const server = await open();
    const dump = async () => {
      const tables = await query(server, "select tablename as name from pg_tables where schemaname = 'connect_auth'");
      expect(tables.length).toBeGreaterThan(8);
      let text = '';
      for (const { name } of tables) {
        const rows = await query(server, `select t::text as row from connect_auth.${name} t`);
        text += rows.map(({ row }) => row).join('\n');
      }
      return text;
    };
    await grant(server, await createM2m(server));
    const withNext = await dump();
    await rotate(server);
    const withActive = await dump();
    const { privateJwk, kid } = server.server.parts.signingKeys.current.active;
    for (const text of [withNext, withActive]) {
      expect(text).toContain(kid);
      for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const) {
        const secret = privateJwk[name] as string;
        expect(secret.length).toBeGreaterThan(80);
        expect(text).not.toContain(secret);
        expect(text).not.toContain(Buffer.from(secret).toString('hex'));
        expect(text).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
      }
    }
  });

  test('with another encryption key the server does not start, and says why', async () => {
    const storage = await openStorage();
    await openOn(storage);
    const opening = AuthorizationServer.open({
      issuer: 'https://auth.test',
      storage,
      keys: { algorithm: 'ES256', encryptionKey: 'cd'.repeat(32) },
    });
    await expect(opening).rejects.toThrow(ConfigurationError);
    await expect(opening).rejects.toThrow(/keys\.encryptionKey/);
  });

  const query = ({ database }: TestServer, sql: string) => database?.query(sql) ?? Promise.resolve([]);
});
