import { ConfigurationError } from '@connect-auth/core';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { type Database, type Driver, migrationNotes } from './database.js';
import { onConnection, patientConnection } from './postgres-connection.js';
import type { StorageOptions } from './storage-options.js';

const connectTimeoutMs = 5_000;

/**
 * What takes longer is given up, and the caller hears 503. The server gives up first: a connection on which only we have
 * given up would still be at it.
 */
const limits = {
  connectionTimeoutMillis: connectTimeoutMs,
  query_timeout: 15_000,
  statement_timeout: 10_000,
  lock_timeout: 8_000,
  idle_in_transaction_session_timeout: 60_000,
};

/** The oldest version that the migrations are tested with. */
const oldestVersion = 15;

/** Opens PostgreSQL. A pool that was handed in stays its owner's, and open. */
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
      const patient = own === undefined ? pool : patientConnection(options.connectionString);
      return onConnection(patient, (connection) => underLock(connection, lock, work));
    },
    migrate: (connection, migrationsFolder) => migrate(connection as never, { migrationsFolder, ...migrationNotes }),
    close: async () => own?.end(),
  };
}

function createPool(connectionString: string | undefined): pg.Pool {
  const pool = new pg.Pool({ connectionString, ...limits, application_name: 'connect-auth-server' });
  // An idle connection that breaks is replaced at the next question; without a listener it would end the process.
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

/** An advisory lock belongs to a connection: lock, work and unlock have to share one. */
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
