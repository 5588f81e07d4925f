import { once } from 'node:events';
import { OrgForbiddenError } from '@connect-auth/core';
import { withOrg } from '@connect-auth/isolation';
import { OrgPool, type OrgPoolOptions, orgContextErrorOf, orgRefusalOf, wallSql } from '@connect-auth/postgres';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { testSeal } from '../kit/test-seal.js';
import { openRelay } from '../layers/relay.js';
import { createWalledDatabase } from './schema.js';

const select = 'select distinct org_id from app.project order by 1';

const onPostgres = await describeOnPostgres(describe, 'contexts of OrgPool');

onPostgres('a bound context', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createWalledDatabase();
  });

  afterAll(() => database?.drop());

  const inPool = async <Result>(
    options: Partial<OrgPoolOptions>,
    work: (pool: OrgPool) => Promise<Result>,
    connectionString = database.runtimeUrl,
  ): Promise<Result> => {
    const pool = new OrgPool({ connectionString, max: 1 }, { context: 'bound', ...options });
    try {
      return await work(pool);
    } finally {
      await pool.end();
    }
  };

  test.each([
    { pipeline: true, roundTrips: 1 },
    { pipeline: false, roundTrips: 4 },
  ])('takes $roundTrips round trips for a statement with pipeline: $pipeline', async ({ pipeline, roundTrips }) => {
    const relay = await openRelay(database.runtimeUrl);
    const query = (pool: OrgPool) =>
      withOrg('org_a', () => pool.query('select name from app.project where id = $1', [1]));
    await inPool(
      { pipeline },
      async (pool) => {
        await query(pool);
        const before = relay.roundTrips();
        await query(pool);
        expect(relay.roundTrips() - before).toBe(roundTrips);
      },
      relay.connectionString,
    );
    await relay.close();
  });

  test('is not there without the pool, and the wall says so', async () => {
    const client = new pg.Client(database.runtimeUrl);
    await client.connect();
    const error = await client.query(select).catch((failure) => failure);
    await client.end();
    expect(error).toMatchObject({ code: 'OR401' });
    expect(orgContextErrorOf(error)).toMatchObject({ code: 'org_context_missing', cause: error });
    expect(orgContextErrorOf(new Error('another'))).toBeUndefined();
  });

  test('does not let a row into another organization', async () => {
    await inPool({}, async (pool) => {
      const foreign = withOrg('org_a', () =>
        pool.query("insert into app.project (org_id, name) values ('org_b', 'x')"),
      );
      const error = await foreign.catch((failure) => failure);
      expect(orgRefusalOf(error)).toBeInstanceOf(OrgForbiddenError);
      const forbidden = await withOrg('org_a', () => pool.query('drop table app.project')).catch((failure) => failure);
      expect(forbidden).toMatchObject({ code: '42501' });
      expect(orgRefusalOf(forbidden)).toBeUndefined();
    });
  });

  test('reads the organizations below where the wall lets it, and writes to its own', async () => {
    await database.query(wallSql({ table: 'project', runtime: database.runtimeRole, hierarchy: true }));
    await inPool({ readableOrgs: async (orgId) => (orgId === 'org_a' ? ['org_b'] : []) }, async (pool) => {
      const read = async (orgId: string) =>
        (await withOrg(orgId, () => pool.query(select))).rows.map((row) => row.org_id);
      expect(await read('org_a')).toEqual(['org_a', 'org_b']);
      expect(await read('org_b')).toEqual(['org_b']);
      const deleted = await withOrg('org_a', () => pool.query("delete from app.project where org_id = 'org_b'"));
      expect(deleted.rowCount).toBe(0);
    });
    await database.query(wallSql({ table: 'project', runtime: database.runtimeRole }));
  });

  test.each([[undefined], ['org_b'], [[1]]])(
    'refuses %j as a list of readable organizations, without losing a connection',
    async (readableOrgs) => {
      await inPool({ readableOrgs: () => readableOrgs as never }, async (pool) => {
        for (const _time of ['first', 'again']) {
          await expect(withOrg('org_a', () => pool.query(select))).rejects.toMatchObject({
            name: 'ConfigurationError',
            option: expect.stringMatching(/^readableOrgs/),
          });
        }
      });
    },
  );

  test('is not needed to ask the server who it is, or to work as the system', async () => {
    const reasons: string[] = [];
    const onSystem = (reason: string) => void reasons.push(reason);
    await inPool({ system: { connectionString: database.connectionString }, onSystem }, async (pool) => {
      expect(await pool.describeServer()).toMatchObject({ version: expect.stringContaining('PostgreSQL') });
      expect((await pool.system('nightly count').query(select)).rowCount).toBe(5);
      expect(reasons).toEqual(['nightly count']);
    });
  });

  test('works through whatever is set at the level of the session', async () => {
    const options = '-c app.org_id=org_b -c app.org_tx=1';
    const pool = new OrgPool({ connectionString: database.runtimeUrl, max: 1, options }, { context: 'bound' });
    expect((await withOrg('org_a', () => pool.query(select))).rows).toEqual([{ org_id: 'org_a' }]);
    await pool.end();
  });
});

onPostgres('a sealed context', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createWalledDatabase({ mode: 'sealed' });
  });

  afterAll(() => database?.drop());

  const ask = async (options: Partial<OrgPoolOptions> = {}) => {
    const config = { connectionString: database.runtimeUrl, max: 1 };
    const pool = new OrgPool(config, { context: 'sealed', seal: testSeal, ...options });
    try {
      return await withOrg('org_a', () => pool.query(select));
    } finally {
      await pool.end();
    }
  };

  test('is bound with a seal', async () => {
    expect((await ask()).rows).toEqual([{ org_id: 'org_a' }]);
  });

  describe.each([{ pipeline: true }, { pipeline: false }])('with pipeline: $pipeline', ({ pipeline }) => {
    let pool: OrgPool;
    const asOrg = (orgId: string, query: string | pg.QueryConfig) => withOrg(orgId, () => pool.query(query));
    /** In a way that no pattern sees through. */
    const inject = (...statements: string[]) =>
      asOrg(
        'org_a',
        `do $body$ begin ${statements.map((text) => `execute '${text.replaceAll("'", "''").replace(/(?<=^.{3})/, "' || '")}';`).join(' ')} end $body$`,
      );

    beforeEach(() => {
      const config = { connectionString: database.runtimeUrl, max: 1, options: '-c search_path=app' };
      pool = new OrgPool(config, { context: 'sealed', seal: testSeal, pipeline });
    });

    afterEach(() => pool.end());

    test('is not deceived by a table that injected SQL left in the session', async () => {
      await inject('create temp table project (org_id text, name text)');
      const insert = "insert into project (name) values ('secret') returning org_id";
      expect((await asOrg('org_b', insert)).rows).toEqual([{ org_id: 'org_b' }]);
      await inject('create temp table project (org_id text, name text)');
      await withOrg('org_b', async () => {
        const client = await pool.connect();
        await client.query('begin isolation level serializable');
        expect((await client.query(insert)).rows).toEqual([{ org_id: 'org_b' }]);
        expect((await client.query('show transaction_isolation')).rows).toEqual([
          { transaction_isolation: 'serializable' },
        ]);
        await client.query('commit');
        client.release();
      });
      await expect(asOrg('org_a', 'select * from pg_temp.project')).rejects.toMatchObject({ code: '42P01' });
    });

    test('is not deceived by a statement that injected SQL put in another’s place', async () => {
      const named = { name: 'mine', text: 'select distinct org_id from app.project' };
      const rows = [{ org_id: 'org_b' }];
      expect((await asOrg('org_b', named)).rows).toEqual(rows);
      await inject('deallocate all', "prepare mine as select 'injected' as org_id");
      expect((await asOrg('org_b', named)).rows).toEqual(rows);
      await withOrg('org_b', async () => {
        const client = await pool.connect();
        for (const _time of ['first', 'again']) {
          await once(client.query(new pg.Query(named)), 'end');
        }
        client.release();
      });
    });

    test('starts with the settings of the connection', async () => {
      await inject("set search_path = 'pg_catalog'");
      expect((await asOrg('org_b', 'show search_path')).rows).toEqual([{ search_path: 'app' }]);
    });
  });

  test.each([
    {
      what: 'of another key',
      options: { seal: { ...testSeal, key: new Uint8Array(32).fill(8) } },
      code: 'org_context_forged',
    },
    { what: 'of a key that is not known', options: { seal: { ...testSeal, kid: 'k2' } }, code: 'org_context_missing' },
    { what: 'that is expired', options: { now: () => 0 }, code: 'org_context_missing' },
  ])('refuses a seal $what', async ({ options, code }) => {
    const error = await ask(options).catch((failure) => failure);
    expect(orgContextErrorOf(error)).toMatchObject({ code });
  });
});
