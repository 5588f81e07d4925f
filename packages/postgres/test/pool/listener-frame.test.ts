import { findCurrentOrg, withOrg } from '@connect-auth/isolation';
import { OrgPool } from '@connect-auth/postgres';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { createWalledDatabase } from './schema.js';

const notice = "do $$ begin raise notice 'of %', app.org_id(); end $$";

(await describeOnPostgres(describe, 'listeners of a client'))('a listener of a client', () => {
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

  const listen = (client: PoolClient, events: unknown[]) =>
    client.on('notice', ({ message }) => events.push([message, findCurrentOrg()]));
  const inClient = (orgId: string, work: (client: PoolClient) => void) =>
    withOrg(orgId, async () => {
      const client = await pool.connect();
      work(client);
      await client.query(notice);
      client.release();
    });

  test('runs in the frame of the organization that checked the client out, and is removed at its release', async () => {
    const events: unknown[] = [];
    // The connection is made for another organization.
    await withOrg('org_e', () => pool.query('select 1'));
    await inClient('org_a', (client) => listen(client, events));
    await inClient('org_b', () => undefined);
    expect(events).toEqual([['of org_a', 'org_a']]);
  });

  test('stays for the connection where the pool added it', async () => {
    const events: unknown[] = [];
    pool.on('connect', (client) => listen(client, events));
    for (const orgId of ['org_a', 'org_b']) await inClient(orgId, () => undefined);
    expect(events).toEqual([
      ['of org_a', 'org_a'],
      ['of org_b', 'org_b'],
    ]);
  });

  test('runs outside any frame while the client is idle', async () => {
    const frames: unknown[] = [];
    pool.on('error', () => frames.push(findCurrentOrg()));
    const { rows } = await withOrg('org_a', () => pool.query('select pg_backend_pid() as pid'));
    const lost = new Promise((resolve) => pool.once('error', resolve));
    await database.query('select pg_terminate_backend($1)', [rows[0].pid]);
    await lost;
    expect(frames).toEqual([undefined]);
  });
});
