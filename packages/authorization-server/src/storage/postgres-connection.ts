import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database } from './database.js';
import { isUnavailable } from './storage-failure.js';

/** A source of connections: a pool, or a single connection. */
export type Connections = Pick<pg.Pool, 'connect'>;

const ignore = () => undefined;

/**
 * Runs work on one connection. After a failure it is closed instead of being reused: a transaction may still be open on
 * it, and would swallow later writes.
 */
export async function onConnection<Result>(
  connections: Connections,
  work: (connection: Database) => Promise<Result>,
): Promise<Result> {
  const client = await connections.connect();
  // Between two queries nobody else listens for errors, and an unheard error ends the process.
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

/** Errors of the work itself were rolled back; errors of the database may leave the connection in any state. */
const isOfDatabase = (error: unknown): boolean =>
  isUnavailable(error) || (typeof error === 'object' && error !== null && 'query' in error);

/** Opens one connection without time limits: migrating, or waiting for a process that migrates, may take long. */
export function untimedConnection(connectionString: string | undefined): Connections {
  return {
    connect: async () => {
      const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
      client.on('error', ignore);
      await client.connect();
      return Object.assign(client, { release: () => void client.end().catch(ignore) }) as unknown as pg.PoolClient;
    },
  } as Connections;
}
