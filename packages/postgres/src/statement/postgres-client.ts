/** Anything that runs a statement: a `Pool` or a `Client` of pg, a PGlite. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}
