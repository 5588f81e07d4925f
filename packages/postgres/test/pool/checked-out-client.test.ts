import { once } from 'node:events';
import { currentOrg, UnknownReferenceError, withOrg } from '@connect-auth/isolation';
import { OrgPool, orgRefusalOf, RolledBackError } from '@connect-auth/postgres';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { until } from '@connect-auth/test-kit/until';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { RowByRowQuery } from './row-by-row-query.js';
import { countProjects, createWalledDatabase } from './schema.js';

const select = 'select org_id from app.project order by id';
const insert = 'insert into app.project (name) values ($1)';

(await describeOnPostgres(describe, 'checked-out clients')).each([{ pipeline: true }, { pipeline: false }])(
  'a checked-out client, with pipeline: $pipeline',
  ({ pipeline }) => {
    let database: TestDatabase;
    let pool: OrgPool;

    beforeAll(async () => {
      database = await createWalledDatabase();
    });

    // One connection, so that each test sees what the one before left on it.
    beforeEach(() => {
      pool = new OrgPool({ connectionString: database.runtimeUrl, max: 1 }, { context: 'bound', pipeline });
    });

    afterEach(() => pool.end());

    afterAll(() => database?.drop());

    const checkOut = (orgId: string) => withOrg(orgId, () => pool.connect());
    const pidOf = async (client: pg.PoolClient): Promise<number> =>
      (await client.query('select pg_backend_pid() as pid')).rows[0].pid;

    test('serves its own organization and no other', async () => {
      const client = await checkOut('org_a');
      await expect(client.query(select)).rejects.toMatchObject({ code: 'org_context_missing' });
      await withOrg('org_b', () =>
        expect(client.query(select)).rejects.toMatchObject({ code: 'org_context_conflict' }),
      );
      await withOrg('org_a', async () => {
        expect((await client.query(select)).rows).toHaveLength(2);
        client.release();
        await expect(client.query(select)).rejects.toMatchObject({ code: 'org_context_missing' });
        expect(() => client.release()).toThrow('released');
      });
    });

    test.each([
      { left: 'a transaction', statements: ['BEGIN', "insert into app.project (name) values ('left open')"] },
      { left: 'a failed transaction', statements: ['BEGIN', 'select 1 / 0'] },
    ])('is rolled back when it is released within $left', async ({ statements }) => {
      const pid = await withOrg('org_a', async () => {
        const client = await pool.connect();
        const own = await pidOf(client);
        for (const text of statements) await client.query(text).catch(() => undefined);
        client.release();
        return own;
      });
      await withOrg('org_b', async () => {
        const client = await pool.connect();
        expect(await pidOf(client)).toBe(pid);
        expect(client.getTransactionStatus()).toBe('I');
        client.release();
      });
      expect(await countProjects(database, 'left open')).toBe(0);
    });

    test('is thrown away when it is released while it runs a query', async () => {
      await withOrg('org_a', async () => {
        const client = await pool.connect();
        const pid = await pidOf(client);
        const hanging = client.query('select pg_sleep(3600)');
        client.release();
        await expect(hanging).rejects.toThrow('Connection terminated');
        expect(await pool.query('select pg_backend_pid() as pid')).not.toMatchObject({ rows: [{ pid }] });
        await database.query('select pg_terminate_backend($1)', [pid]);
      });
    });

    test('frees its place when its connection breaks, and ends nothing else', async () => {
      await withOrg('org_a', async () => {
        const client = await pool.connect();
        const ended = new Promise((resolve) => client.once('end', resolve));
        await database.query('select pg_terminate_backend($1)', [await pidOf(client)]);
        await ended;
        expect((await pool.query(select)).rows).toHaveLength(2);
        await expect(client.query(select)).rejects.toThrow();
        client.release();
      });
    });

    test('takes several statements at once, and none that end the transaction', async () => {
      await withOrg('org_a', async () => {
        expect(await pool.query(`${select}; select 1 as one`)).toMatchObject([{ rowCount: 2 }, { rows: [{ one: 1 }] }]);
        const smuggled = pool.query(`select 1; commit; ${select}`);
        await expect(smuggled).rejects.toMatchObject({ code: 'statement_refused' });
      });
    });

    test.each([{ name: 42, text: 'select 1' }, { name: 'one', text: 1 }, { text: new String('begin') }])(
      'refuses %j, over which pg would stumble halfway',
      async (query) => {
        await withOrg('org_a', async () => {
          const client = await pool.connect();
          const pid = await pidOf(client);
          expect(() => client.query(query as never)).toThrow(TypeError);
          expect(await pidOf(client)).toBe(pid);
          client.release();
        });
      },
    );

    test('is thrown away where pg stumbles over something else', async () => {
      await withOrg('org_a', async () => {
        const client = await pool.connect();
        const pid = await pidOf(client);
        const stumbling = { text: 'select $1', values: [1], types: { length: 1, 0: Symbol('type') } };
        await expect(client.query(stumbling as never)).rejects.toThrow();
        client.release();
        expect(await pool.query('select pg_backend_pid() as pid')).not.toMatchObject({ rows: [{ pid }] });
      });
    });

    test('does one thing after the other, however they are asked for', async () => {
      await withOrg('org_a', async () => {
        const client = await pool.connect();
        const all = await Promise.all(
          ['begin', `${insert.replace('$1', "'in order'")}`, 'commit'].map((text) => client.query(text)),
        );
        client.release();
        expect(all.map(({ command }) => command)).toEqual(['BEGIN', 'INSERT', 'COMMIT']);
      });
      expect(await countProjects(database, 'in order')).toBe(1);
    });

    test('keeps named statements, and asks for the organization at each', async () => {
      const named = { name: 'all_projects', text: 'select org_id from app.project where name <> $1', values: ['x'] };
      for (const orgId of ['org_b', 'org_c', 'org_b', 'org_d', 'org_b', 'org_c', 'org_e']) {
        const { rows } = await withOrg(orgId, () => pool.query(named));
        expect(new Set(rows.map((row) => row.org_id))).toEqual(new Set([orgId]));
      }
    });

    test('reports a COMMIT that fails, of one statement too', async () => {
      await database.query(
        'alter table app.task alter constraint task_org_id_project_id_fkey deferrable initially deferred',
      );
      const orphan = "insert into app.task (project_id, title) values (999999, 'orphan')";
      const failed = await withOrg('org_a', () => pool.query(orphan)).catch((error) => error);
      expect(orgRefusalOf(failed)).toBeInstanceOf(UnknownReferenceError);
      const inSubmittable = await withOrg('org_a', async () => {
        const client = await pool.connect();
        try {
          return await client.query(new RowByRowQuery(orphan)).done.catch((error: unknown) => error);
        } finally {
          client.release();
        }
      });
      expect(orgRefusalOf(inSubmittable)).toBeInstanceOf(UnknownReferenceError);
    });

    test('runs submittable queries, row by row, in transactions of their own and of others', async () => {
      await withOrg('org_b', async () => {
        const client = await pool.connect();
        const pid = await pidOf(client);
        expect(await client.query(new RowByRowQuery(select)).done).toEqual(['org_b', 'org_b']);
        await client.query('begin');
        expect(await client.query(new RowByRowQuery(select)).done).toEqual(['org_b', 'org_b']);
        await client.query('commit');
        await expect(client.query(new RowByRowQuery('select 1 / 0')).done).rejects.toMatchObject({ code: '22012' });
        await expect(client.query(new RowByRowQuery('set role x')).done).rejects.toMatchObject({ reason: 'role' });
        await until(() => client.getTransactionStatus() === 'I');
        client.release();
        expect(await pool.query('select pg_backend_pid() as pid')).toMatchObject({ rows: [{ pid }] });
      });
      const client = await checkOut('org_b');
      await expect(client.query(new RowByRowQuery(select)).done).rejects.toMatchObject({ code: 'org_context_missing' });
      client.release();
    });

    test('gives a pg.Query its rows, in the frame of whoever asked', async () => {
      await withOrg('org_a', () => pool.query('select 1'));
      const seen = await withOrg('org_c', async () => {
        const client = await pool.connect();
        const query = new pg.Query(`${select}`);
        const rows: unknown[] = [];
        query.on('row', (row) => rows.push([row.org_id, currentOrg()]));
        client.query(query);
        await once(query, 'end');
        const failure = new Promise<unknown>((resolve) => {
          client.query(new pg.Query('select 1 / 0', (error) => resolve([error, currentOrg()])));
        });
        expect(await failure).toMatchObject([{ code: '22012' }, 'org_c']);
        client.release();
        return rows;
      });
      expect(seen).toEqual([
        ['org_c', 'org_c'],
        ['org_c', 'org_c'],
      ]);
    });

    test('calls back in the frame of whoever asked, also after it had to wait', async () => {
      const seen = await Promise.all(
        ['org_a', 'org_b', 'org_c', 'org_d'].map((orgId) =>
          withOrg(
            orgId,
            () =>
              new Promise<string[]>((resolve, reject) => {
                pool.query(select, (error, result) => {
                  if (error) return reject(error);
                  const inQuery = currentOrg();
                  pool.connect((failure, client, done) => {
                    if (failure || !client) return reject(failure);
                    const inConnect = currentOrg();
                    client.query('select 1', () => {
                      done();
                      resolve([result.rows[0].org_id, inQuery, inConnect, currentOrg()]);
                    });
                  });
                });
              }),
          ),
        ),
      );
      expect(seen.map((orgIds) => [...new Set(orgIds)])).toEqual([['org_a'], ['org_b'], ['org_c'], ['org_d']]);
    });

    test('reports an error to a callback', async () => {
      const report = (text: string) =>
        new Promise((resolve) => {
          pool.query(text, (error) => resolve(error));
        });
      expect(await report(select)).toMatchObject({ code: 'org_context_missing' });
      expect(await withOrg('org_a', () => report('select 1 / 0'))).toMatchObject({ code: '22012' });
    });

    test('does not say COMMIT where PostgreSQL says ROLLBACK', async () => {
      await withOrg('org_a', async () => {
        const client = await pool.connect();
        await client.query('begin');
        await client.query('select 1 / 0').catch(() => undefined);
        await expect(client.query('commit')).rejects.toBeInstanceOf(RolledBackError);
        client.release();
      });
    });
  },
);
