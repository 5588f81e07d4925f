import type { OpenDatabase } from './database.js';
import { openPglite } from './open-pglite.js';
import { openPostgres } from './open-postgres.js';
import type { Tables } from './tables.js';

export interface DatabaseEnvironment {
  /** What the API logs in with. Without it, PGlite in memory. */
  readonly DATABASE_URL?: string | undefined;
  /** An administrator's login, which prepares the database at start. Without it, everything must be there already. */
  readonly DATABASE_ADMIN_URL?: string | undefined;
}

/**
 * The database that the environment names, once its walls are known to stand.
 *
 * @throws OrgIsolationUnverifiedError where a wall has a hole
 */
export async function openDatabase(env: DatabaseEnvironment, tables: Tables): Promise<OpenDatabase> {
  const { DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl } = env;
  if (url) return openPostgres(tables, { url, ...(adminUrl && { adminUrl }) });
  // Whoever has a server in mind must not find the rows gone after the next start.
  if (adminUrl)
    throw new Error('DATABASE_ADMIN_URL is set, and DATABASE_URL, which the API itself logs in with, is not');
  return openPglite(tables);
}
