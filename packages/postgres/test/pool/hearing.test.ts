import { findCurrentOrg, withOrg } from '@connect-auth/isolation';
import { OrgPool } from '@connect-auth/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { describeOnPostgres, type TestDatabase } from '../kit/postgres.js';
import { createWalledDatabase } from './schema.js';

const notice = "do $$ begin raise notice 'of %', app.org_id(); end $$";

(await describeOnPostgres(describe, 'what a client hears'))('what a client hears of the server', () => {
  let database: TestDatabase;
  let pool: OrgPool;

  beforeAll(async () => {
    database = await createWalledDatabase();
  });

  beforeEach(() => {
    pool = new OrgPool({ connectionString: database.runtimeUrl, max: 1 }, { context: 'bound' });
  });

  afterEach(() => pool.end());

  afterAll(() => database?.drop());

  const listen = (client: PoolClient, heard: unknown[]) =>
    client.on('notice', ({ message }) => heard.push([message, findCurrentOrg()]));
  const inClient = (orgId: string, work: (client: PoolClient) => void) =>
    withOrg(orgId, async () => {
      const client = await pool.connect();
      work(client);
      await client.query(notice);
      client.release();
    });

  test('is for the organization that it is lent to, in its frame, and ends with that', async () => {
    const heard: unknown[] = [];
    // The connection is made for another organization.
    await withOrg('org_e', () => pool.query('select 1'));
    await inClient('org_a', (client) => listen(client, heard));
    await inClient('org_b', () => undefined);
    expect(heard).toEqual([['of org_a', 'org_a']]);
  });

  test('is heard by whoever listens for the pool, as long as the connection lasts', async () => {
    const heard: unknown[] = [];
    pool.on('connect', (client) => listen(client, heard));
    for (const orgId of ['org_a', 'org_b']) await inClient(orgId, () => undefined);
    expect(heard).toEqual([
      ['of org_a', 'org_a'],
      ['of org_b', 'org_b'],
    ]);
  });

  test('is nobody’s where the connection is lent to nobody', async () => {
    const frames: unknown[] = [];
    pool.on('error', () => frames.push(findCurrentOrg()));
    const { rows } = await withOrg('org_a', () => pool.query('select pg_backend_pid() as pid'));
    const lost = new Promise((resolve) => pool.once('error', resolve));
    await database.query('select pg_terminate_backend($1)', [rows[0].pid]);
    await lost;
    expect(frames).toEqual([undefined]);
  });
});
