import { until } from '@connect-auth/test-kit/until';
import { afterAll, expect } from '@jest/globals';
import pg from 'pg';
import type { StorageOptions } from '../../src/index.js';
import { grant, type M2m, manage } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';

const opened: pg.Pool[] = [];

afterAll(async () => {
  for (const pool of opened.splice(0)) await pool.end();
});

/** A pool of the application's, of two connections. It is ended after the tests of the file. */
export function ownPool(connectionString: string, limits: Omit<pg.PoolConfig, 'connectionString'>) {
  const pool = new pg.Pool({ connectionString, max: 2, connectionTimeoutMillis: 3_000, ...limits });
  pool.on('error', () => undefined);
  opened.push(pool);
  return { pool, storage: { kind: 'postgres', pool } as unknown as StorageOptions };
}

/**
 * Until every connection is back in the pool; the server's own upkeep may have one for a moment. One that is lost never
 * comes: the limit of time of the test tells.
 */
export const untilAllThere = (pool: pg.Pool) =>
  until(() => pool.idleCount === pool.totalCount && pool.waitingCount === 0);

/** One of these, and another at the same time, so that each connection of the pool has its turn. */
const twice = <Result>(work: () => Promise<Result>) => Promise.all([work(), work()]);

type Query = (sql: string, values: unknown[]) => Promise<Record<string, unknown>[]>;

/** Whatever is answered 2xx is in the database, as another connection sees it. */
export async function expectWritesToStay(server: TestServer, m2m: M2m, query: Query): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    for (const { status, body } of await twice(() => manage(server, 'POST', '/organizations', { name: 'Kept' }))) {
      expect(status).toBe(201);
      expect(await query('select name from connect_auth.organizations where id = $1', [body.id])).toHaveLength(1);
    }
    const wanted = { name: 'Kept', application_type: 'm2m', organization_id: m2m.organizationId };
    for (const { status, body } of await twice(() => manage(server, 'POST', '/connect/applications', wanted))) {
      expect(status).toBe(201);
      expect(await query('select name from connect_auth.applications where id = $1', [body.id])).toHaveLength(1);
    }
    for (const token of await twice(() => grant(server, m2m))) {
      const { jti } = JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString());
      expect(await query('select jti from connect_auth.access_tokens where jti = $1', [jti])).toHaveLength(1);
    }
  }
  const name = `kept ${Date.now()}`;
  expect((await manage(server, 'PUT', `/connect/applications/${m2m.applicationId}`, { name })).status).toBe(200);
  expect(await query('select id from connect_auth.applications where name = $1', [name])).toHaveLength(1);
}
