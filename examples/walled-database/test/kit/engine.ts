import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { Database, OpenDatabase } from '../../src/database.js';
import { openPglite } from '../../src/open-pglite.js';
import { openPostgres } from '../../src/open-postgres.js';
import type { Tables } from '../../src/tables.js';
import { createPostgresDatabase } from './postgres-database.js';

/** An API's database on one of the two engines. */
export interface Engine {
  readonly database: Database;
  /** The role that the API logs in with. */
  readonly runtime: string;
  /** Runs a statement as an administrator, whom no wall stops. */
  admin(text: string, values?: unknown[]): Promise<readonly object[]>;
  /** Opens the same database again, as another start of the API would. */
  openAgain(): Promise<OpenDatabase>;
  close(): Promise<void>;
}

export async function openOnPostgres(tables: Tables): Promise<Engine> {
  const { drop, runtime, url, adminUrl, owner } = await createPostgresDatabase();
  const { database, close } = await openPostgres(tables, { url, adminUrl, owner });
  const administrator = new pg.Client({ connectionString: adminUrl });
  await administrator.connect();
  return {
    ...{ database, runtime },
    admin: async (text, values) => (await administrator.query(text, values)).rows,
    openAgain: () => openPostgres(tables, { url }),
    close: async () => {
      await Promise.all([close(), administrator.end()]);
      await drop();
    },
  };
}

export async function openOnPglite(tables: Tables): Promise<Engine> {
  const administrator = new PGlite();
  const { database, close } = await openPglite(tables, administrator);
  return {
    ...{ database, close, runtime: 'app_user' },
    admin: async (text, values) => (await administrator.query<object>(text, values)).rows,
    openAgain: () => openPglite(tables, administrator),
  };
}
