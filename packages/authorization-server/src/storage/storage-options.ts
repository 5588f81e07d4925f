/** The part of a `pg.Pool` that the server needs. */
export interface PostgresPool {
  connect(): Promise<unknown>;
  query(...values: never[]): unknown;
}

/** Where the server stores its data. */
export type StorageOptions =
  | {
      /** PostgreSQL inside this process: nothing to install, one process, 300 to 900 MB of memory. */
      readonly kind: 'pglite';
      /** The folder. Default: none, and the data is lost when the process ends. */
      readonly dataDir?: string;
    }
  | {
      /** PostgreSQL 15 or later, shared by any number of processes. */
      readonly kind: 'postgres';
      /** `postgres://…`. Default: the `PG…` variables of libpq. */
      readonly connectionString?: string;
      /** A `pg.Pool` of the application, which stays open when the server closes. Instead of `connectionString`. */
      readonly pool?: PostgresPool;
    };

/** `auto` applies missing migrations, `check` refuses to start without them, `off` does not look. */
export type MigrateMode = 'auto' | 'check' | 'off';
