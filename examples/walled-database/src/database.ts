/** What `OrgPool` and `OrgPglite` have in common: they query for the organization of the frame, and reject without one. */
export interface Database {
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ readonly rows: Row[] }>;
}

export interface OpenDatabase {
  readonly database: Database;
  close(): Promise<void>;
}
