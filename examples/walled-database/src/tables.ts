import type { Database } from './database.js';

export interface Roles {
  /** Owns the tables, and cannot log in. */
  readonly owner: string;
  /** What the API logs in with: a role that no wall lets pass. */
  readonly runtime: string;
}

/** What an API keeps in its database. */
export interface Tables {
  /** All tables, each behind its wall. Run by an administrator; again, it changes nothing. */
  schemaSql(roles: Roles): string;
  /** Something to begin with, where there is nothing: through the wall, like any other write. */
  addSampleRows(database: Database): Promise<void>;
}
