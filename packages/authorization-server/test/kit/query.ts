import type { PGlite } from '@electric-sql/pglite';
import type { TestServer } from './open-server.js';

/** Looks into the server's database, whichever it is: beside its connections, or on the only one that PGlite has. */
export async function query(
  { server, database }: Pick<TestServer, 'server' | 'database'>,
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  if (database !== undefined) return database.query(sql, values);
  const { $client } = server.parts.context.storage.db as unknown as { $client: Pick<PGlite, 'query'> };
  return (await $client.query<Record<string, unknown>>(sql, values)).rows;
}
