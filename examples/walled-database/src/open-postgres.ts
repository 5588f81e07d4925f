import { OrgPool, requireWalls } from '@connect-auth/postgres';
import pg from 'pg';
import type { OpenDatabase } from './database.js';
import type { Tables } from './tables.js';

export interface PostgresOptions {
  /** The URL that the API logs in with. */
  readonly url: string;
  /** An administrator's URL, with which the database is prepared. Default: it is not. */
  readonly adminUrl?: string;
  /** Owns the tables, and cannot log in. Default: `app_owner`. */
  readonly owner?: string;
}

/** Without it, a request would wait for ever for a server that does not answer. */
const connectionTimeoutMillis = 5_000;

/** @throws OrgIsolationUnverifiedError if a wall has a hole */
export async function openPostgres(
  tables: Tables,
  { url, adminUrl, owner = 'app_owner' }: PostgresOptions,
): Promise<OpenDatabase> {
  const login = { connectionString: url, connectionTimeoutMillis };
  if (adminUrl !== undefined) {
    const { user: runtime = 'app_user' } = new pg.Client(login);
    const prepare = (admin: pg.Client) => admin.query(tables.schemaSql({ owner, runtime }));
    await connected({ ...login, connectionString: adminUrl }, prepare);
  }
  // With the login that serves requests: what holds for an administrator says nothing about it.
  await connected(login, (client) => requireWalls(client, { mode: 'enforce' }));
  const database = new OrgPool(login, { context: 'bound' });
  if (adminUrl !== undefined) await tables.addSampleRows(database);
  return { database, close: () => database.end() };
}

async function connected(config: pg.ClientConfig, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
