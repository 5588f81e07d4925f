import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** What Drizzle makes of PGlite and of pg alike, and of a transaction on either. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** One of the two ways to PostgreSQL. */
export interface Driver {
  readonly kind: 'pglite' | 'postgres';
  readonly db: Database;
  /** All of the work or none of it. */
  transaction<Result>(work: (db: Database) => Promise<Result>): Promise<Result>;
  /** Runs the work while no other process runs work under the same lock, on a connection of its own. */
  exclusively<Result>(lock: bigint, work: (db: Database) => Promise<Result>): Promise<Result>;
  /** Applies the migrations of the folder that this database does not have yet. */
  migrate(db: Database, folder: string): Promise<void>;
  close(): Promise<void>;
}

/** Where Drizzle notes what it has applied: a table of ours, in the schema that it keeps for that. */
export const migrationNotes = { migrationsSchema: 'connect_auth', migrationsTable: 'migrations' };
