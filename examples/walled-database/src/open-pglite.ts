import { requireWalls } from '@connect-auth/postgres';
import { OrgPglite } from '@connect-auth/postgres/pglite';
import { PGlite } from '@electric-sql/pglite';
import type { OpenDatabase } from './database.js';
import type { Tables } from './tables.js';

const roles = { owner: 'app_owner', runtime: 'app_user' };

/**
 * PostgreSQL within this process, with the same tables, walls and rows, for development without a server. It is in memory,
 * and ends with the process.
 *
 * @param admin the superuser's PGlite, which the code of requests must not reach
 * @throws OrgIsolationUnverifiedError if a wall has a hole
 */
export async function openPglite(tables: Tables, admin = new PGlite()): Promise<OpenDatabase> {
  await admin.exec(tables.schemaSql(roles));
  await requireWalls(admin, { mode: 'enforce', role: roles.runtime });
  const database = new OrgPglite(admin, { context: 'bound', role: roles.runtime });
  await tables.addSampleRows(database);
  return { database, close: () => admin.close() };
}
