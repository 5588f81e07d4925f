import { withOrg } from '@connect-auth/isolation';
import { OrgPool, RolledBackError } from '@connect-auth/postgres';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { countProjects, createWalledDatabase } from './schema.js';

const select = 'select org_id from app.project order by id';
const insert = 'insert into app.project (name) values ($1)';

(await describeOnPostgres(describe, 'OrgPool')).each([{ pipeline: true }, { pipeline: false }])(
  'a pool with pipeline: $pipeline',
  ({ pipeline }) => {
    let database: TestDatabase;
    let pool: OrgPool;

    beforeAll(async () => {
      database = await createWalledDatabase();
      pool = new OrgPool({ connectionString: database.runtimeUrl, max: 3 }, { context: 'bound', pipeline });
    });

    afterAll(async () => {
      await pool?.end();
      await database?.drop();
    });

    const asOrg = <Result>(orgId: string, work: () => Promise<Result>) => withOrg(orgId, work);
    const inClient = <Result>(orgId: string, work: (client: pg.PoolClient) => Promise<Result>) =>
      asOrg(orgId, async () => {
        const client = await pool.connect();
        try {
          return await work(client);
        } finally {
          client.release();
        }
      });

    test('shows an organization its rows', async () => {
      const { rows } = await asOrg('org_a', () => pool.query(select));
      expect(rows).toEqual([{ org_id: 'org_a' }, { org_id: 'org_a' }]);
    });

    test('stamps what is inserted', async () => {
      const { rows } = await asOrg('org_b', () => pool.query(`${insert} returning org_id`, ['stamped']));
      expect(rows).toEqual([{ org_id: 'org_b' }]);
    });

    test('refuses work without a frame', async () => {
      await expect(pool.query(select)).rejects.toMatchObject({ code: 'org_context_missing' });
      await expect(pool.connect()).rejects.toMatchObject({ code: 'org_context_missing' });
    });

    test('commits a transaction, and keeps a savepoint apart', async () => {
      await inClient('org_a', async (client) => {
        await client.query('BEGIN');
        await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        await client.query(insert, ['outer']);
        await client.query('SAVEPOINT one');
        await client.query(insert, ['inner']);
        await client.query('ROLLBACK TO SAVEPOINT one');
        await client.query(insert, ['after']);
        await client.query('COMMIT');
      });
      expect(await countProjects(database, 'outer')).toBe(1);
      expect(await countProjects(database, 'inner')).toBe(0);
      expect(await countProjects(database, 'after')).toBe(1);
    });

    test('says so when a COMMIT is answered with ROLLBACK', async () => {
      await inClient('org_a', async (client) => {
        await client.query('BEGIN');
        await client.query(insert, ['lost']);
        await expect(client.query('select 1/0')).rejects.toMatchObject({ code: '22012' });
        await expect(client.query('COMMIT')).rejects.toBeInstanceOf(RolledBackError);
      });
      expect(await countProjects(database, 'lost')).toBe(0);
    });

    test('keeps the error of a statement, with its SQLSTATE and the way to who asked', async () => {
      async function askForTrouble() {
        await pool.query('select 1/0');
      }
      const failed: Error = await asOrg('org_a', askForTrouble).catch((error) => error);
      expect(failed).toMatchObject({ code: '22012' });
      const inOne: Error = await inClient('org_a', async function askClientForTrouble(client) {
        await client.query('select 1/0');
      }).catch((error) => error);
      expect(inOne.stack).toContain('askClientForTrouble');
    });
  },
);
