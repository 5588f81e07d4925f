import { hurry } from '@connect-auth/test-kit/hurry';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { until } from '@connect-auth/test-kit/until';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import request from 'supertest';
import { openPglite, openPostgres } from 'walled-database';
import { describeEngines } from 'walled-database/kit/describe-engines';
import { createPostgresDatabase } from 'walled-database/kit/postgres-database';
import { openRelay } from 'walled-database/kit/relay';
import { tables } from '../src/database/tables.js';
import { acme } from '../src/sample-data.js';
import { type OpenApp, openApp } from './kit/open-app.js';

const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
afterEach(() => void log.mockClear());

const routes = [
  ['get', '/projects'],
  ['get', '/projects/project_1'],
  ['post', '/projects'],
  ['delete', '/projects/project_1'],
  ['get', '/activity'],
] as const;

/** Every route of the database, asked by somebody who may. */
async function askAll({ app, bearer }: OpenApp) {
  const token = bearer(acme, 'projects:read', 'projects:write', 'activity:read');
  const answers: object[] = [];
  for (const [method, path] of routes) {
    const { status, headers, body } = await request(app)[method](path).set(token).send({ name: 'Glue' });
    answers.push({ status, body, challenge: headers['www-authenticate'], retryAfter: headers['retry-after'] });
  }
  return answers;
}

const problem = (status: number, title: string, retryAfter?: string) => ({
  status,
  body: { type: 'about:blank', title, status },
  challenge: undefined,
  retryAfter,
});

await describeEngines('a database that answers with an error', tables, (engine) => {
  let api: OpenApp;
  beforeEach(async () => {
    api = await openApp(engine().database);
  });
  afterEach(() => api.close());

  test('is the API’s trouble, and what it says stays in the log', async () => {
    await engine().admin('ALTER TABLE app.project RENAME COLUMN name TO title');
    const answers = await askAll(api);
    await engine().admin('ALTER TABLE app.project RENAME COLUMN title TO name');
    expect(answers.slice(0, 4)).toEqual(Array(4).fill(problem(500, 'Internal Server Error')));
    expect(log).toHaveBeenCalledTimes(4);
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ code: '42703' }));
  });
});

const describeIt = await describeOnPostgres(describe, 'a database that is down');

describeIt('a database that is down', () => {
  test('is 503, whatever was asked, until it is there again', async () => {
    const { drop, url, adminUrl, owner } = await createPostgresDatabase();
    const relay = await openRelay(url);
    const { database, close } = await openPostgres(tables, { url: relay.url, adminUrl, owner });
    const api = await openApp(database);
    try {
      const token = api.bearer(acme, 'projects:read');
      await request(api.app).get('/projects').set(token).expect(200);

      await relay.cut();
      expect(await askAll(api)).toEqual(routes.map(() => problem(503, 'Service Unavailable', '5')));
      expect(log).toHaveBeenCalledTimes(routes.length);
      await request(api.app).get('/health').expect(200);

      await relay.mend();
      await request(api.app).get('/projects').set(token).expect(200);

      // A firewall, say: whoever waits for it is told after five seconds.
      relay.mute();
      await hurry(5_000, async () => void (await request(api.app).get('/projects').set(token).expect(503)));
    } finally {
      await relay.cut(); // What waits for it would wait longer.
      await api.close();
      await close();
      await drop();
    }
  });
});

async function countWaiting(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int FROM pg_locks WHERE NOT granted AND relation = 'app.project'::regclass
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows[0]?.count ?? 0;
}

describeIt('a database that has no connection left', () => {
  test('is 503 for who has waited for one, and the others are answered', async () => {
    const { drop, ...login } = await createPostgresDatabase();
    const { database, close } = await openPostgres(tables, login);
    const api = await openApp(database);
    const locker = new pg.Client({ connectionString: login.adminUrl });
    await locker.connect();
    try {
      await locker.query('BEGIN; LOCK TABLE app.project');
      const token = api.bearer(acme, 'projects:read');
      const ask = async () => (await request(api.app).get('/projects').set(token)).status;
      // As many as the pool has, and one more.
      const asked = Array.from({ length: 10 }, ask);
      await until(async () => (await countWaiting(locker)) === 10);
      await hurry(5_000, async () => {
        asked.push(ask());
        expect(await Promise.race(asked)).toBe(503);
      });
      await locker.query('COMMIT');
      expect((await Promise.all(asked)).sort()).toEqual([...Array(10).fill(200), 503]);
    } finally {
      await locker.end();
      await api.close();
      await close();
      await drop();
    }
  });
});

test('a PGlite that was closed is 500: it is gone for good', async () => {
  const { database, close } = await openPglite(tables);
  const api = await openApp(database);
  await close();
  expect(await askAll(api)).toEqual(routes.map(() => problem(500, 'Internal Server Error')));
  await api.close();
});
