import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** Drizzle's common type of PGlite, of pg, and of a transaction on either. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** One of the two ways to reach PostgreSQL. */
export interface Driver {
  readonly kind: 'pglite' | 'postgres';
  readonly db: Database;
  /** Commits all of the work or none of it. */
  transaction<Result>(work: (db: Database) => Promise<Result>): Promise<Result>;
  /** Runs the work on a connection of its own, while no other process works under the same lock. */
  exclusively<Result>(lock: bigint, work: (db: Database) => Promise<Result>): Promise<Result>;
  /** Applies the migrations of the folder that the database lacks. */
  migrate(db: Database, folder: string): Promise<void>;
  close(): Promise<void>;
}

/** Where Drizzle records applied migrations. */
export const migrationNotes = { migrationsSchema: 'connect_auth', migrationsTable: 'migrations' };
