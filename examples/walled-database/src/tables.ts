import type { Database } from './database.js';

export interface Roles {
  /** Owns the tables, and cannot log in. */
  readonly owner: string;
  /** The role that the API logs in with, which every wall confines. */
  readonly runtime: string;
}

/** The tables and rows of an API. */
export interface Tables {
  /** SQL for all tables, each behind its wall. Run as an administrator; run again, it changes nothing. */
  schemaSql(roles: Roles): string;
  /** Adds sample rows to empty tables: through the wall, like any other write. */
  addSampleRows(database: Database): Promise<void>;
}
