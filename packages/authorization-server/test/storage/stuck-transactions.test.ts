import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { until } from '@connect-auth/test-kit/until';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Answer, createM2m, type M2m, manage } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { expectWritesToStay, ownPool, untilAllThere } from './own-pool.js';
import { shareDatabase } from './shared-database.js';

const limits = [
  ['a limit of PostgreSQL for locks', { lock_timeout: 300, query_timeout: 10_000 }],
  ['a limit of PostgreSQL for statements', { statement_timeout: 300, query_timeout: 10_000 }],
  ['the limit of this process', { query_timeout: 1_000 }],
] as const;

(await describeOnPostgres(describe, 'stuck-transactions.test.ts'))('a transaction that waits for a lock', () => {
  const shared = shareDatabase();
  let first: TestServer;
  let m2m: M2m;
  let holder: pg.Client;

  beforeAll(async () => {
    first = await shared.open();
  });

  beforeEach(async () => {
    m2m = await createM2m(first);
  });

  afterEach(() => holder.end());

  /** Takes a lock that nobody gives back before the test ends. */
  async function hold(sql: string): Promise<void> {
    holder = new pg.Client(shared.storage);
    await holder.connect();
    await holder.query('begin');
    await holder.query(sql);
  }

  const holdRow = () => hold(`select from connect_auth.applications where id = '${m2m.applicationId}' for update`);

  const holdKeys = () => hold(`select pg_advisory_xact_lock(hashtextextended('connect-auth/default/signing keys', 0))`);

  const rename = (server: TestServer, name = 'Stuck') =>
    manage(server, 'PUT', `/connect/applications/${m2m.applicationId}`, { name });

  const rotate = (server: TestServer) => manage(server, 'POST', '/signing_keys/rotate', {});

  function expectUnavailable(answers: Answer[]): void {
    for (const { status, headers, body } of answers) {
      expect([status, headers.get('retry-after'), body.code]).toEqual([503, '5', 'temporarily_unavailable']);
    }
  }

  /** Connections of this name that are inside a transaction, and nobody goes on with it. */
  const inTransaction = (name: string) =>
    shared.query(
      `select pid, query from pg_stat_activity
       where datname = current_database() and application_name = $1 and state like 'idle in transaction%'`,
      [name],
    );

  /** PostgreSQL hears of a broken connection when it next has something to say there. */
  const untilNoneIsInTransaction = (name: string) => until(async () => (await inTransaction(name)).length === 0);

  describe.each(limits)('longer than %s', (title, limit) => {
    const open = async () => {
      const { pool, storage } = ownPool(shared.storage.connectionString, { ...limit, application_name: title });
      return { pool, name: title, server: await shared.open({ storage }) };
    };

    test('for a row, is answered with 503, and what is written after it stays', async () => {
      const { server, name } = await open();
      await holdRow();
      expectUnavailable(await Promise.all([rename(server), rename(server)]));
      await holder.query('commit');
      await expectWritesToStay(server, m2m, shared.query);
      await untilNoneIsInTransaction(name);
      expect(await shared.query(`select id from connect_auth.applications where name = 'Stuck'`)).toEqual([]);
    });

    test('for an advisory lock, is answered with 503, and what is written after it stays', async () => {
      const { server, name } = await open();
      await holdKeys();
      expectUnavailable(await Promise.all([rotate(server), rotate(server)]));
      // While the lock is still held: no other request needs it.
      await expectWritesToStay(server, m2m, shared.query);
      await holder.query('commit');
      await untilNoneIsInTransaction(name);
      expect((await rotate(server)).status).toBe(200);
    });

    test('with an Idempotency-Key, has no effect; the same request has it once the lock is gone', async () => {
      const { server, name } = await open();
      const path = `/connect/applications/${m2m.applicationId}/client_secrets`;
      const create = () => manage(server, 'POST', path, {}, { 'idempotency-key': name });
      const count = async () => (await shared.query('select from connect_auth.client_secrets')).length;
      const before = await count();
      await holdRow();
      expectUnavailable([await create()]);
      await holder.query('commit');
      const [once, again] = [await create(), await create()];
      expect([once.status, again.body]).toEqual([201, once.body]);
      expect(await count()).toBe(before + 1);
    });

    test('leaves the pool all of its connections', async () => {
      const { server, pool } = await open();
      await holdRow();
      for (let round = 0; round < 2; round += 1) {
        expectUnavailable(await Promise.all([rename(server), rename(server)]));
      }
      await holder.query('commit');
      expect((await rename(server, 'Free')).status).toBe(200);
      await untilAllThere(pool);
    });
  });
});
