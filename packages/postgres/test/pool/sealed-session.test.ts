import { withOrg } from '@connect-auth/isolation';
import { OrgPool } from '@connect-auth/postgres';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSeal } from '../kit/test-seal.js';
import { createWalledDatabase } from './schema.js';

(await describeOnPostgres(describe, 'sealed sessions'))('what injected SQL leaves in a session', () => {
  let database: TestDatabase;
  let pool: OrgPool;
  beforeAll(async () => {
    database = await createWalledDatabase({ mode: 'sealed' });
    pool = new OrgPool({ connectionString: database.runtimeUrl, max: 1 }, { context: 'sealed', seal: testSeal });
    await database.query(`
      CREATE SEQUENCE app.number; GRANT USAGE ON SEQUENCE app.number TO ${database.runtimeRole};
      CREATE ROLE ${database.runtimeRole}_other; GRANT ${database.runtimeRole}_other TO ${database.runtimeRole}`);
  });
  afterAll(async () => {
    await pool?.end();
    await database?.query(`DROP ROLE IF EXISTS ${database.runtimeRole}_other`);
    await database?.drop();
  });
  /** As an attacker writes it: no pattern of `classifyStatement` matches. */
  const injected = (sql: string) =>
    `do $$ begin execute convert_from(decode('${Buffer.from(sql).toString('hex')}', 'hex'), 'UTF8'); end $$`;
  const asked = (text: string) => withOrg('org_b', () => pool.query(text));

  test('locks are given back', async () => {
    await withOrg('org_a', () => pool.query(injected('select pg_advisory_lock(7)')));
    const { rows } = await asked("select 1 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()");
    expect(rows).toEqual([]);
  });

  test('the last value of a sequence is forgotten', async () => {
    await withOrg('org_a', () => pool.query("select nextval('app.number')"));
    await expect(asked('select lastval()')).rejects.toMatchObject({ code: '55000' });
  });

  test('a setting and a role are set back', async () => {
    const role = `${database.runtimeRole}_other`;
    await withOrg('org_a', () =>
      pool.query(injected(`select set_config('role', '${role}', false), set_config('work_mem', '1MB', false)`)),
    );
    const { rows } = await asked("select current_user as who, current_setting('work_mem') as memory");
    expect(rows).toEqual([{ who: database.runtimeRole, memory: expect.not.stringMatching(/^1MB$/) }]);
  });

  test('a temporary table is gone', async () => {
    await withOrg('org_a', () =>
      pool.query(injected("create temp table project as select 'org_b' as org_id, 'false' as name")),
    );
    const { rows } = await asked("select to_regclass('pg_temp.project') as found");
    expect(rows).toEqual([{ found: null }]);
  });
});
