import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database } from './database.js';
import { isUnavailable } from './storage-failure.js';

/** Where connections come from: a pool, or one connection alone. */
export type Connections = Pick<pg.Pool, 'connect'>;

const ignore = () => undefined;

/**
 * Work on one connection. After trouble it is closed, and not given to the next: a transaction may still be open on it, and
 * would swallow whatever is written there.
 */
export async function onConnection<Result>(
  connections: Connections,
  work: (connection: Database) => Promise<Result>,
): Promise<Result> {
  const client = await connections.connect();
  // Between two questions nobody else hears that it broke, and what nobody hears ends the process.
  client.on('error', ignore);
  let trouble: Error | undefined;
  try {
    return await work(drizzle(client) as unknown as Database);
  } catch (error) {
    if (isOfDatabase(error)) trouble = error as Error;
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(trouble);
  }
}

/** What the work itself threw was rolled back; what the database threw may have left anything. */
const isOfDatabase = (error: unknown): boolean =>
  isUnavailable(error) || (typeof error === 'object' && error !== null && 'query' in error);

/** One connection without limits of time: to wait for another process that migrates, and to migrate, takes what it takes. */
export function patientConnection(connectionString: string | undefined): Connections {
  return {
    connect: async () => {
      const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
      client.on('error', ignore);
      await client.connect();
      return Object.assign(client, { release: () => void client.end().catch(ignore) }) as unknown as pg.PoolClient;
    },
  } as Connections;
}
