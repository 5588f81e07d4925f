import { ConfigurationError } from '@connect-auth/core';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { type Database, type Driver, migrationNotes } from './database.js';
import { onConnection, untimedConnection } from './postgres-connection.js';
import type { StorageOptions } from './storage-options.js';

const connectTimeoutMs = 5_000;

/**
 * Work that takes longer is aborted, and the caller receives 503. The database gives up before we do: otherwise it
 * would go on working on a connection that we have given up.
 */
const limits = {
  connectionTimeoutMillis: connectTimeoutMs,
  query_timeout: 15_000,
  statement_timeout: 10_000,
  lock_timeout: 8_000,
  idle_in_transaction_session_timeout: 60_000,
};

/** The oldest version that the migrations are tested on. */
const oldestVersion = 15;

/** Opens PostgreSQL. A pool that the application supplies stays open. */
export async function openPostgres(options: StorageOptions & { kind: 'postgres' }): Promise<Driver> {
  const own = options.pool === undefined ? createPool(options.connectionString) : undefined;
  const pool = (options.pool ?? own) as pg.Pool;
  const db = drizzle(pool) as unknown as Database;
  try {
    await checkVersion(db);
  } catch (error) {
    await own?.end();
    throw error;
  }
  return {
    kind: 'postgres',
    db,
    transaction: (work) => onConnection(pool, (connection) => connection.transaction((tx) => work(tx))),
    exclusively: (lock, work) => {
      const connections = own === undefined ? pool : untimedConnection(options.connectionString);
      return onConnection(connections, (connection) => underLock(connection, lock, work));
    },
    migrate: (connection, migrationsFolder) => migrate(connection as never, { migrationsFolder, ...migrationNotes }),
    close: async () => own?.end(),
  };
}

function createPool(connectionString: string | undefined): pg.Pool {
  const pool = new pg.Pool({ connectionString, ...limits, application_name: 'connect-auth-server' });
  // A broken idle connection is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

async function checkVersion(db: Database): Promise<void> {
  const { rows } = (await db.execute(sql`select current_setting('server_version_num')::int as version`)) as unknown as {
    rows: { version: number }[];
  };
  const major = Math.floor((rows[0]?.version ?? 0) / 10_000);
  if (major < oldestVersion) {
    throw new ConfigurationError('storage', `is PostgreSQL ${major}; ${oldestVersion} or later is needed`);
  }
}

/** Runs work under an advisory lock, which belongs to a connection: lock, work and unlock must share one. */
async function underLock<Result>(
  connection: Database,
  lock: bigint,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  await connection.execute(sql`select pg_advisory_lock(${lock})`);
  try {
    return await work(connection);
  } finally {
    await connection.execute(sql`select pg_advisory_unlock(${lock})`);
  }
}
