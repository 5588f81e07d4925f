import { once } from 'node:events';
import { findCurrentOrg, UnknownReferenceError, withOrg } from '@connect-auth/isolation';
import { OrgPool, orgRefusalOf } from '@connect-auth/postgres';
import { describeOnPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { until } from '@connect-auth/test-kit/until';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PoolClient, PoolConfig } from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { createWalledDatabase } from './schema.js';

const select = 'select org_id from app.project order by id';
/** Only the COMMIT finds out that there is no such project. */
const orphan = "insert into app.task (project_id, title) values (999999, 'orphan') returning id";

(await describeOnPostgres(describe, 'cursors and streams')).each([{ pipeline: true }, { pipeline: false }])(
  'cursors and streams, with pipeline: $pipeline',
  ({ pipeline }) => {
    let database: TestDatabase;
    let pool: OrgPool;

    const open = (config: PoolConfig) =>
      new OrgPool({ connectionString: database.runtimeUrl, ...config }, { context: 'bound', pipeline });

    beforeAll(async () => {
      database = await createWalledDatabase();
      await database.query(`
        insert into app.project (org_id, name)
          select org, 'many' from unnest(array['org_a', 'org_b']) as org, generate_series(1, 300);
        alter table app.task alter constraint task_org_id_project_id_fkey deferrable initially deferred`);
    });

    // One connection, so that each test sees what the one before left on it; made by another organization.
    beforeEach(async () => {
      pool = open({ max: 1 });
      await withOrg('org_e', () => pool.query('select 1'));
    });

    afterEach(() => pool.end());

    afterAll(() => database?.drop());

    const inClient = <Result>(orgId: string, work: (client: PoolClient) => Promise<Result>, from = pool) =>
      withOrg(orgId, async () => {
        const client = await from.connect();
        try {
          return await work(client);
        } finally {
          client.release();
        }
      });
    const pidOf = async (client: PoolClient): Promise<number> =>
      (await client.query('select pg_backend_pid() as pid')).rows[0].pid;
    const readAll = async (stream: QueryStream): Promise<string[]> => {
      const found: string[] = [];
      for await (const { org_id } of stream) found.push(org_id);
      return found;
    };
    /** The connection that is next used, by another organization, and what that one sees. */
    const lookAround = () =>
      inClient('org_c', async (client) => ({
        status: client.getTransactionStatus(),
        pid: await pidOf(client),
        rows: (await client.query(select)).rows,
      }));
    const clean = (pid: number) => ({ status: 'I', pid, rows: [{ org_id: 'org_c' }, { org_id: 'org_c' }] });

    test('read the rows of their own organization and no other', async () => {
      const pid = await inClient('org_a', async (client) => {
        const cursor = client.query(new Cursor(select));
        const portions = [await cursor.read(1), await cursor.read(1_000), await cursor.read(1_000)];
        expect(portions.map((rows) => [...new Set(rows.map(({ org_id }) => org_id))])).toEqual([
          ['org_a'],
          ['org_a'],
          [],
        ]);
        expect(portions.flat()).toHaveLength(302);
        const streamed = await readAll(client.query(new QueryStream(`${select} limit $1`, [250], { batchSize: 7 })));
        expect([streamed.length, ...new Set(streamed)]).toEqual([250, 'org_a']);
        return pidOf(client);
      });
      expect(await lookAround()).toEqual(clean(pid));
    });

    test('read within a transaction, which goes on after them', async () => {
      const pid = await inClient('org_a', async (client) => {
        await client.query('begin');
        await client.query("insert into app.project (name) values ('within')");
        const cursor = client.query(new Cursor("select org_id from app.project where name = 'within'"));
        expect(await cursor.read(10)).toEqual([{ org_id: 'org_a' }]);
        await cursor.close();
        const stream = client.query(new QueryStream(select, [], { batchSize: 1 }));
        for await (const row of stream) {
          expect(row).toEqual({ org_id: 'org_a' });
          break;
        }
        expect(client.getTransactionStatus()).toBe('T');
        await client.query('rollback');
        return pidOf(client);
      });
      expect(await lookAround()).toEqual(clean(pid));
    });

    test('leave a clean connection when they are given up early', async () => {
      const pid = await inClient('org_a', async (client) => {
        const cursor = client.query(new Cursor(select));
        await cursor.read(3);
        await cursor.close();
        for await (const _ of client.query(new QueryStream(select, [], { batchSize: 2 }))) break;
        const destroyed = client.query(new QueryStream(select, [], { batchSize: 2 }));
        await once(destroyed, 'data');
        destroyed.destroy();
        await once(destroyed, 'close');
        return pidOf(client);
      });
      expect(await lookAround()).toEqual(clean(pid));
    });

    test('take their connection along when it is released under them', async () => {
      const { pid, cursor } = await inClient('org_a', async (client) => {
        const own = await pidOf(client);
        const open = client.query(new Cursor(select));
        await open.read(1);
        return { pid: own, cursor: open };
      });
      expect(await lookAround()).toEqual({ ...clean(pid), pid: expect.any(Number) });
      expect((await lookAround()).pid).not.toBe(pid);
      await expect(cursor.read(1)).rejects.toThrow('Connection terminated');
    });

    test('of two organizations at once stay apart', async () => {
      const both = open({ max: 2 });
      const meet = () => {
        let waiting: (() => void) | undefined;
        // One waits for the other at each row, as long as both have rows.
        return () =>
          new Promise<void>((resolve) => {
            waiting?.();
            waiting = waiting === undefined ? resolve : void resolve();
          });
      };
      const inTurn = meet();
      const read = (orgId: string) =>
        inClient(
          orgId,
          async (client) => {
            const seen: unknown[] = [];
            for await (const { org_id } of client.query(new QueryStream(select, [], { batchSize: 3 }))) {
              seen.push(org_id, findCurrentOrg());
              await inTurn();
            }
            return seen;
          },
          both,
        );
      const [ofA, ofB] = await Promise.all([read('org_a'), read('org_b')]);
      expect([ofA.length, ...new Set(ofA)]).toEqual([604, 'org_a']);
      expect([ofB.length, ...new Set(ofB)]).toEqual([604, 'org_b']);
      await both.end();
    });

    test('fail by themselves', async () => {
      const pid = await inClient('org_a', async (client) => {
        const cursor = client.query(new Cursor('select 1 / 0'));
        await expect(cursor.read(1)).rejects.toMatchObject({ code: '22012' });
        await cursor.close();
        await expect(readAll(client.query(new QueryStream('select 1 / 0')))).rejects.toMatchObject({ code: '22012' });
        await expect(client.query(new Cursor('set role x')).read(1)).rejects.toMatchObject({ reason: 'role' });
        return pidOf(client);
      });
      expect(await lookAround()).toEqual(clean(pid));
    });

    test('fail where the COMMIT after them does', async () => {
      for (const read of [
        (client: PoolClient) => client.query(new Cursor(orphan)).read(10),
        (client: PoolClient) => readAll(client.query(new QueryStream(orphan))),
      ]) {
        const failed = await inClient('org_a', (client) => read(client).catch((error: unknown) => error));
        expect(orgRefusalOf(failed)).toBeInstanceOf(UnknownReferenceError);
      }
    });

    test('have no say any more once they have failed, whoever the connection serves', async () => {
      const cursors = await inClient('org_a', async (client) => {
        const failed = [];
        for (let count = 0; count < 4; count++) {
          const cursor = client.query(new Cursor('select 1 / 0'));
          await cursor.read(1).catch(() => undefined);
          failed.push(cursor);
        }
        return failed;
      });
      await until(() => pool.idleCount === 1);
      // As pg does when the `query_timeout` of a cursor is over, which nothing ends.
      for (const cursor of cursors) {
        (cursor as unknown as { handleError(error: Error): void }).handleError(new Error('Query read timeout'));
      }
      const ofB = withOrg('org_b', () => pool.query(`${select} limit 1`));
      const ofC = withOrg('org_c', () => pool.query(select));
      const closed = cursors[0]?.close();
      expect((await ofB).rows).toEqual([{ org_id: 'org_b' }]);
      expect((await ofC).rows).toEqual(clean(0).rows);
      await closed;
    });

    test('leave no query_timeout behind', async () => {
      const timed = open({ max: 1, idleTimeoutMillis: 0, query_timeout: 3_600_000 });
      const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
      const before = timers();
      await inClient(
        'org_a',
        async (client) => {
          await client.query(new Cursor(select)).read(1_000);
          await client.query('select 1');
        },
        timed,
      );
      expect(timers()).toBe(before);
      await timed.end();
    });

    test('call back in the frame of whoever asked', async () => {
      const seen = await inClient('org_a', async (client) => {
        const calls: unknown[] = [];
        const cursor = client.query(new Cursor(select));
        await new Promise<void>((resolve) => {
          cursor.read(1, () => {
            calls.push(['read', findCurrentOrg()]);
            cursor.close(() => {
              calls.push(['closed', findCurrentOrg()]);
              resolve();
            });
          });
        });
        const stream = client.query(new QueryStream(select, [], { batchSize: 2 }));
        const closed = new Promise<void>((resolve) => {
          stream.on('close', () => {
            calls.push(['close', findCurrentOrg()]);
            resolve();
          });
        });
        await once(stream, 'data');
        stream.destroy();
        await closed;
        return calls;
      });
      expect(seen).toEqual([
        ['read', 'org_a'],
        ['closed', 'org_a'],
        ['close', 'org_a'],
      ]);
    });
  },
);
