/** What is needed of a `pg.Pool`. */
export interface PostgresPool {
  connect(): Promise<unknown>;
  query(...values: never[]): unknown;
}

/** Where the server keeps what it must not forget. */
export type StorageOptions =
  | {
      /** PostgreSQL inside this process: nothing to install, one process, 300 to 900 MB of memory. */
      readonly kind: 'pglite';
      /** The folder. Default: none, all is gone with the process. */
      readonly dataDir?: string;
    }
  | {
      /** PostgreSQL 15 or later, shared by as many processes as wanted. */
      readonly kind: 'postgres';
      /** `postgres://…`. Default: the `PG…` variables of libpq. */
      readonly connectionString?: string;
      /** A `pg.Pool` of the application's, which stays open when the server closes. Instead of `connectionString`. */
      readonly pool?: PostgresPool;
    };

/** `auto` applies what is missing, `check` refuses to start without it, `off` takes the database as it is. */
export type MigrateMode = 'auto' | 'check' | 'off';
