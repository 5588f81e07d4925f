import type { OpenDatabase } from './database.js';
import { openPglite } from './open-pglite.js';
import { openPostgres } from './open-postgres.js';
import type { Tables } from './tables.js';

export interface DatabaseEnvironment {
  /** The URL that the API logs in with. Without it, PGlite in memory. */
  readonly DATABASE_URL?: string | undefined;
  /** An administrator's URL, with which the database is prepared at start. Without it, everything must exist already. */
  readonly DATABASE_ADMIN_URL?: string | undefined;
}

/**
 * Opens the database that the environment names, and verifies its walls.
 *
 * @throws OrgIsolationUnverifiedError if a wall has a hole
 */
export async function openDatabase(env: DatabaseEnvironment, tables: Tables): Promise<OpenDatabase> {
  const { DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl } = env;
  if (url) return openPostgres(tables, { url, ...(adminUrl && { adminUrl }) });
  // Someone who means to use a server must not lose all rows at the next start.
  if (adminUrl)
    throw new Error('DATABASE_ADMIN_URL is set, and DATABASE_URL, which the API itself logs in with, is not');
  return openPglite(tables);
}
