import { hurry } from '@connect-auth/test-kit/hurry';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { StorageOptions } from '../../src/index.js';
import { createM2m, get, grant, type M2m, manage, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { isActive } from './introspect.js';
import { open } from './open.js';
import { raw } from './raw-request.js';
import { Relay } from './relay.js';
import { consent, redirectUri, tokensFor } from './user-tokens.js';

// While the database cannot be asked, nothing is known of clients and tokens, and nobody is told that theirs are bad.

/** A limit of time that nothing else has. */
const limitMs = 34_567;

interface Scene {
  readonly server: TestServer;
  readonly m2m: M2m;
  readonly token: string;
  readonly refreshToken: string;
}

async function openScene(storage?: StorageOptions): Promise<Scene> {
  const server = await open(storage === undefined ? {} : { storage });
  const m2m = await createM2m(server);
  const { refreshToken } = await tokensFor(await consent(server));
  return { server, m2m, token: await grant(server, m2m), refreshToken };
}

async function expectUnavailable({ server, m2m, token, refreshToken }: Scene) {
  const { credentials } = m2m;
  const authorization = `Basic ${Buffer.from(`${m2m.clientId}:${m2m.clientSecret}`).toString('base64')}`;
  const asked = { grant_type: 'client_credentials' };
  for (const answer of [
    await post(server, '/oauth2/token', { ...asked, ...credentials }),
    await post(server, '/oauth2/token', asked, { authorization }),
    await post(server, '/oauth2/token', { grant_type: 'refresh_token', refresh_token: refreshToken, ...credentials }),
    await post(server, '/oauth2/introspection', { ...credentials, token }),
    await post(server, '/oauth2/introspection', { ...credentials, token: refreshToken }),
    await post(server, '/oauth2/revoke', { ...credentials, token }),
  ]) {
    expect([answer.status, answer.headers.get('retry-after'), answer.body]).toEqual([
      503,
      '5',
      { error: 'temporarily_unavailable', error_description: 'the server cannot reach what it needs' },
    ]);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('www-authenticate')).toBeNull();
  }
  expect(server.log).toHaveLength(6); // Whoever runs the server hears of each.
  for (const answer of [
    await manage(server, 'GET', '/connect/applications'),
    await manage(server, 'POST', '/organizations', { name: 'Acme' }),
    await manage(server, 'POST', '/organizations', { name: 'Acme' }, { 'idempotency-key': 'a' }),
    await manage(server, 'GET', '/signing_keys', undefined, { authorization: 'Bearer sk_of_the_table' }),
  ]) {
    expect([answer.status, answer.headers.get('retry-after'), answer.body]).toEqual([
      503,
      '5',
      { message: 'The server cannot reach what it needs.', code: 'temporarily_unavailable' },
    ]);
  }
  const query = new URLSearchParams({ client_id: m2m.clientId, redirect_uri: redirectUri, response_type: 'code' });
  const page = await raw(server, 'GET', `/oauth2/authorize?${query}&scope=openid`, { accept: 'text/html' });
  expect([page.status, page.headers['retry-after']]).toEqual([503, '5']);

  const ready = await get(server, '/health/ready');
  expect([ready.status, ready.headers.get('cache-control'), ready.body]).toEqual([
    503,
    'no-store',
    { status: 'unavailable' },
  ]);
  await expectStillThere(server);
}

/** What needs no database. */
async function expectStillThere(server: TestServer) {
  for (const path of ['/health/live', '/oauth2/jwks', '/.well-known/openid-configuration']) {
    expect([path, (await get(server, path)).status]).toEqual([path, 200]);
  }
}

async function expectAvailable({ server, m2m, token }: Scene) {
  expect(await isActive(server, m2m, token)).toBe(true);
  expect(await grant(server, m2m)).toEqual(expect.any(String));
  expect((await get(server, '/health/ready')).body).toEqual({ status: 'ok' });
}

function expectNoSecrets({ server, m2m, token, refreshToken }: Scene) {
  const log = server.log.join('\n');
  expect(log).not.toBe('');
  for (const secret of [
    m2m.clientSecret,
    m2m.clientId,
    token,
    token.split('.')[2],
    refreshToken,
    'sk_of',
    'sk_test',
    'Acme',
  ]) {
    expect(log).not.toContain(secret as string);
  }
  expect(log).not.toMatch(/params:|connect_auth"|Failed query/);
}

(await describeOnPostgres(describe, 'a database in trouble'))('503 and Retry-After, never 401 and never 500,', () => {
  test('where the way to the database is cut; and all is well once it is restored', async () => {
    const relay = await Relay.open();
    const scene = await openScene({ kind: 'postgres', connectionString: relay.connectionString });
    await expectAvailable(scene);
    relay.cut();
    await expectUnavailable(scene);
    expectNoSecrets(scene);
    await relay.restore();
    await expectAvailable(scene);
  });

  test('where the database does not answer in time', async () => {
    const relay = await Relay.open();
    const { connectionString } = relay;
    const timeLimits = { connectionTimeoutMillis: limitMs, query_timeout: limitMs };
    const pool = new pg.Pool({ connectionString, ...timeLimits, max: 2 });
    pool.on('error', () => undefined);
    const scene = await openScene({ kind: 'postgres', pool: pool as never });
    relay.silence();
    await hurry(limitMs, () => expectUnavailable(scene));
    expectNoSecrets(scene);
    relay.cut();
    await pool.end();
  });

  test('where the database was dropped', async () => {
    const scene = await openScene();
    await scene.server.database?.drop();
    await expectUnavailable(scene);
    expectNoSecrets(scene);
  });

  test('where it can only be read, as after a failover', async () => {
    const scene = await openScene();
    const { server, m2m, token } = scene;
    const name = new URL(server.database?.connectionString as string).pathname.slice(1);
    await server.database?.query(`alter database ${name} set default_transaction_read_only = on`);
    await breakConnections(server);
    expect((await post(server, '/oauth2/token', { grant_type: 'client_credentials', ...m2m.credentials })).status).toBe(
      503,
    );
    expect((await post(server, '/oauth2/revoke', { ...m2m.credentials, token })).status).toBe(503);
    expect((await manage(server, 'POST', '/organizations', { name: 'Acme' })).status).toBe(503);
    expect(await isActive(server, m2m, token)).toBe(true);
  });

  test('but where connections broke that were idle, the next request has new ones', async () => {
    const scene = await openScene();
    await breakConnections(scene.server);
    await expectAvailable(scene);
  });

  // Waits for each to be gone: one that breaks only while it is asked is trouble like any other, and answered 503.
  const breakConnections = ({ database }: TestServer) =>
    database?.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
});

test('503 where a directory of the application’s fails, and why is for the log only', async () => {
  let isDown = false;
  const find = async (id: string) => {
    if (isDown) throw new Error('crm.test answered 500');
    return { id, name: 'Acme' };
  };
  const server = await open({ organizations: { find } });
  const wanted = { name: 'Sync', application_type: 'm2m', organization_id: 'org_acme' };
  const { body } = await manage(server, 'POST', '/connect/applications', wanted);
  const secret = await manage(server, 'POST', `/connect/applications/${body.id}/client_secrets`);
  const credentials = { client_id: body.client_id, client_secret: secret.body.secret };
  const asked = { grant_type: 'client_credentials', ...credentials };
  const token = (await post(server, '/oauth2/token', asked)).body.access_token;
  isDown = true;
  for (const answer of [
    await post(server, '/oauth2/token', asked),
    await post(server, '/oauth2/introspection', { ...credentials, token }),
    await manage(server, 'POST', '/connect/applications', wanted),
  ]) {
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(JSON.stringify(answer.body)).not.toContain('crm');
  }
  expect(server.log.length).toBeGreaterThan(0);
  isDown = false;
  expect(await isActive(server, { credentials }, token)).toBe(true);
});

test('nothing is logged while all is well, and nothing of a request that is refused', async () => {
  const { server, m2m, token } = await openScene();
  await post(server, '/oauth2/token', { grant_type: 'client_credentials', ...m2m.credentials, scope: 'admin' });
  await post(server, '/oauth2/token', { grant_type: 'client_credentials', client_id: 'x', client_secret: 'y' });
  await post(server, '/oauth2/introspection', { ...m2m.credentials, token: `${token}x` });
  await post(server, '/oauth2/revoke', { ...m2m.credentials, token });
  await get(server, '/oauth2/authorize?client_id=x');
  expect(server.log).toEqual([]);
});
