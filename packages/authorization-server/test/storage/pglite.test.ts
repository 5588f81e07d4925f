import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { removeExpired } from '../../src/server/remove-expired.js';
import { createM2m, get, grant, type M2m, manage, post } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { createUserClient, issueCode, redeem, refresh } from './user-client.js';

// Everywhere, also where there is PostgreSQL: one round trip of everything on PGlite, in a folder.
const issuer = 'https://issuer.test';
const clock = { time: Date.now(), now: () => clock.time };
let temporary: string;
let folder: string;
let server: TestServer;

// The key file is made beside the folder.
const open = () => openServer({ issuer, clock, storage: { kind: 'pglite', dataDir: folder }, keys: {} });

const isActive = async (m2m: M2m, token: string) =>
  (await post(server, '/oauth2/introspection', { ...m2m.credentials, token })).body.active;

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'connect-auth-'));
  folder = join(temporary, 'data');
  server = await open();
});

afterAll(async () => {
  await server?.close();
  await rm(temporary, { recursive: true });
});

let m2m: M2m;
let token: string;

test('an M2M application gets a token, which is active until it is revoked', async () => {
  m2m = await createM2m(server);
  token = await grant(server, m2m);
  expect(await isActive(m2m, token)).toBe(true);
  const second = await grant(server, m2m);
  expect((await post(server, '/oauth2/revoke', { ...m2m.credentials, token: second })).status).toBe(200);
  expect([await isActive(m2m, token), await isActive(m2m, second)]).toEqual([true, false]);
});

test('a code and a refresh token are used once', async () => {
  const client = await createUserClient(server);
  const code = await issueCode(server, client);
  const answers = await Promise.all([redeem(server, client, code), redeem(server, client, code)]);
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);

  const tokens = (await redeem(server, client, await issueCode(server, client))).body;
  expect((await refresh(server, client, tokens.refresh_token)).status).toBe(200);
  expect((await refresh(server, client, tokens.refresh_token)).status).toBe(400);
  expect(await isActive(m2m, tokens.access_token)).toBe(false);
});

test('parallel requests make five client secrets, and one application with one Idempotency-Key', async () => {
  const path = `/connect/applications/${m2m.applicationId}/client_secrets`;
  const secrets = await Promise.all(Array.from({ length: 8 }, () => manage(server, 'POST', path)));
  expect(secrets.filter(({ status }) => status === 201)).toHaveLength(4);
  expect((await manage(server, 'GET', path)).body).toHaveLength(5);

  const body = { name: 'Once', application_type: 'm2m', organization_id: m2m.organizationId };
  const headers = { 'idempotency-key': 'once' };
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => manage(server, 'POST', '/connect/applications', body, headers)),
  );
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
});

test('the signing keys are rotated, also with an Idempotency-Key, and tokens from before stay good', async () => {
  const before = server.server.parts.signingKeys.current.active.kid;
  const headers = { 'idempotency-key': 'rotate once' };
  for (const _ of [1, 2]) expect((await manage(server, 'POST', '/signing_keys/rotate', {}, headers)).status).toBe(200);
  const { keys } = (await get(server, '/oauth2/jwks')).body;
  expect(keys).toHaveLength(3);
  expect(keys.at(-1).kid).toBe(before);
  expect([await isActive(m2m, token), await isActive(m2m, await grant(server, m2m))]).toEqual([true, true]);
});

test('all of it is there after a restart, with the key file that was made beside the folder', async () => {
  expect(server.log.filter((line) => line.startsWith(`made ${folder}.key, `))).toHaveLength(1);
  const key = await readFile(`${folder}.key`, 'utf8');
  const { environmentClientId } = server.server;
  const keys = (await get(server, '/oauth2/jwks')).body;
  await server.close();
  await expect(access(`${folder}.lock`)).rejects.toThrow('ENOENT');

  server = await open();
  expect(server.log).toEqual([]);
  expect(await readFile(`${folder}.key`, 'utf8')).toBe(key);
  expect(server.server.environmentClientId).toBe(environmentClientId);
  expect((await get(server, '/oauth2/jwks')).body).toEqual(keys);
  expect([await isActive(m2m, token), await isActive(m2m, await grant(server, m2m))]).toEqual([true, true]);
  const listed = await manage(server, 'GET', `/connect/applications/${m2m.applicationId}/client_secrets`);
  expect(listed.body.map(({ last_used_at }: { last_used_at: string }) => last_used_at)).toContain(
    new Date(clock.time).toISOString(),
  );
});

test('what has expired is removed, and a deleted organization takes everything along', async () => {
  const { parts } = server.server;
  await manage(server, 'DELETE', `/organizations/${m2m.organizationId}`);
  const asker = await createM2m(server);
  expect(await isActive(asker, token)).toBe(false);
  expect((await manage(server, 'GET', `/connect/applications/${m2m.applicationId}`)).status).toBe(404);

  clock.time += 400 * 24 * 60 * 60 * 1000;
  await removeExpired(parts.context);
  for (const table of ['access_tokens', 'artifacts', 'idempotent_answers']) {
    const { rows } = (await parts.context.storage.db.execute(`select * from connect_auth.${table}`)) as unknown as {
      rows: unknown[];
    };
    expect(rows).toEqual([]);
  }
});
