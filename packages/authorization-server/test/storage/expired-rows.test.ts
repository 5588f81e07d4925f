import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { removeExpired } from '../../src/server/remove-expired.js';
import { createM2m, grant, type M2m, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { shareDatabase } from './shared-database.js';

const tables = ['access_tokens', 'artifacts', 'idempotent_answers'] as const;

/** Where the clock of the servers stands. */
const noon = Date.now();

(await describeOnPostgres(describe, 'expired-rows.test.ts'))('rows that have expired', () => {
  const shared = shareDatabase();
  const clock = { now: () => noon };
  let servers: TestServer[];
  let m2m: M2m;

  beforeAll(async () => {
    servers = [
      await shared.open({ clock, environmentId: 'live' }),
      await shared.open({ clock, environmentId: 'live' }),
    ];
    const other = await shared.open({ clock, environmentId: 'other' });
    m2m = await createM2m(servers[0] as TestServer);
    const { clientId } = await createM2m(other);
    // The rows of the other environment name a client of that one.
    await shared.query(`update connect_auth.applications set client_id = $1 where client_id = $2`, [
      m2m.clientId,
      clientId,
    ]);
  });

  beforeEach(async () => {
    for (const table of tables) await shared.query(`delete from connect_auth.${table}`);
  });

  /** So many rows in each of the three tables, which expire so many milliseconds after noon. */
  async function insert(count: number, environment: string, after: number): Promise<void> {
    const series = `from generate_series(1, ${count}) as n`;
    const end = `to_timestamp(${(noon + after) / 1000})`;
    const id = `'${environment}/${after}/' || n`;
    await shared.query(
      `insert into connect_auth.access_tokens (environment_id, jti, kind, client_id, payload, expires_at)
       select '${environment}', ${id}, 'ClientCredentials', '${m2m.clientId}', '{}', ${end} ${series}`,
    );
    await shared.query(
      `insert into connect_auth.artifacts (environment_id, kind, id_hash, payload, expires_at)
       select '${environment}', 'Session', sha256((${id})::bytea), '{}', ${end} ${series}`,
    );
    await shared.query(
      `insert into connect_auth.idempotent_answers (environment_id, key_hash, request_hash, expires_at)
       select '${environment}', sha256((${id})::bytea), '', ${end} ${series}`,
    );
  }

  const context = (at = 0) => (servers[at] as TestServer).server.parts.context;

  const left = async (where = 'true') => {
    const counts = [];
    for (const table of tables) {
      const [row] = await shared.query(`select count(*)::int as n from connect_auth.${table} where ${where}`);
      counts.push(row?.n);
    }
    return counts;
  };

  test('go, a thousand at a time; those that live stay, and so does another environment', async () => {
    await insert(2_500, 'live', -1);
    await insert(3, 'live', 0);
    await insert(5, 'live', 1);
    await insert(7, 'other', -1);
    await shared.query(
      `insert into connect_auth.artifacts (environment_id, kind, id_hash, payload) values ('live', 'Grant', '', '{}')`,
    );
    const statements = jest.spyOn(context().storage.db, 'execute');
    await removeExpired(context());
    // Of each table 2,503 rows, and so three statements.
    expect(statements).toHaveBeenCalledTimes(9);
    statements.mockRestore();

    expect(await left(`environment_id = 'live' and expires_at is not null`)).toEqual([5, 5, 5]);
    expect(await left(`environment_id = 'other'`)).toEqual([7, 7, 7]);
    expect(await left('expires_at is null')).toEqual([0, 1, 0]);
  });

  test('are no trouble where there are none, or just a thousand', async () => {
    await removeExpired(context());
    await insert(1_000, 'live', -1);
    await removeExpired(context());
    expect(await left()).toEqual([0, 0, 0]);
  });

  test('go once where two servers are at it at the same time', async () => {
    await insert(5_000, 'live', -1);
    await Promise.all([removeExpired(context(0)), removeExpired(context(1)), removeExpired(context(0))]);
    expect(await left()).toEqual([0, 0, 0]);
  });

  test('that somebody else is writing are left to the next time, and nobody waits', async () => {
    await insert(20, 'live', -1);
    const other = new pg.Client(shared.storage);
    await other.connect();
    try {
      await other.query('begin');
      for (const table of tables) await other.query(`select from connect_auth.${table} limit 3 for update`);
      await removeExpired(context());
      expect(await left()).toEqual([3, 3, 3]);
      await other.query('rollback');
      await removeExpired(context());
      expect(await left()).toEqual([0, 0, 0]);
    } finally {
      await other.end();
    }
  });

  test('leave room: tokens are issued and asked about while rows go', async () => {
    await insert(5_000, 'live', -1);
    const server = servers[1] as TestServer;
    const [token] = await Promise.all([grant(server, m2m), removeExpired(context())]);
    expect((await post(server, '/oauth2/introspection', { ...m2m.credentials, token })).body.active).toBe(true);
    expect(await left()).toEqual([1, 0, 0]);
  });
});
