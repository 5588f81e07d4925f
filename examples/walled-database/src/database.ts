/** What `OrgPool` and `OrgPglite` have in common: they ask for the organization of the frame, and for nobody without one. */
export interface Database {
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ readonly rows: Row[] }>;
}

export interface OpenDatabase {
  readonly database: Database;
  close(): Promise<void>;
}
