import { currentOrg } from '@connect-auth/isolation';
import { createDatabaseWithRoles, describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { runStorm, type StormLayer, stormOrgs } from './storm.js';

(await describeOnPostgres(describe, 'the naive strategy'))('a storm over a setting of the session', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await createDatabaseWithRoles();
    await database.query(`
      create schema app;
      create table app.project (org_id text not null default current_setting('app.org_id', true), name text not null);
      alter table app.project enable row level security;
      create policy org on app.project using (org_id = current_setting('app.org_id', true));
      grant usage on schema app to ${database.runtimeRole};
      grant select, insert on app.project to ${database.runtimeRole};`);
    await database.query(
      'insert into app.project select org, org from unnest($1::text[]) as org, generate_series(1, 2)',
      [stormOrgs],
    );
    // One connection: what is asked for at once is done in its order, however fast the machine is.
    pool = new pg.Pool({ connectionString: database.runtimeUrl, max: 1 });
  });

  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  test('shows rows of other organizations: this storm can fail', async () => {
    const bind = () => pool.query("select set_config('app.org_id', $1, false)", [currentOrg()]);
    const queries = {
      listOrgs: async () => {
        await bind();
        return (await pool.query('select org_id from app.project')).rows.map((row) => row.org_id as string);
      },
      insert: async (name: string) => {
        await bind();
        return await pool.query('insert into app.project (name) values ($1)', [name]);
      },
      fail: () => pool.query('select 1 / 0'),
    };
    const naive: StormLayer = { ...queries, transaction: (work) => work(queries) };
    const report = await runStorm(naive, { requests: 300, concurrent: 60, killOne: async () => undefined });
    expect(report.foreign).toBeGreaterThan(100);
    const misplaced = await database.query(
      "select name from app.project where name like 'storm org%' and name <> 'storm ' || org_id",
    );
    expect(misplaced.length).toBeGreaterThan(0);
  });
});
