import type { OrgPool } from '@connect-auth/postgres';

/** What every query layer can do, in the words of the tests. */
export interface Queries {
  /** The organizations of all projects that can be seen. */
  listOrgs(): Promise<string[]>;
  insert(name: string): Promise<unknown>;
  /** A project that names its organization itself. */
  insertFor(orgId: string, name: string): Promise<unknown>;
  /** A task that refers to a project. */
  insertTask(projectId: number): Promise<unknown>;
  /** A project of the organization of the frame. */
  remove(projectId: number): Promise<unknown>;
  /** A statement that fails: SQLSTATE 22012. */
  fail(): Promise<unknown>;
}

export interface LayerTransaction extends Queries {
  /** Runs `work` in a savepoint, and takes back what it did where it throws. */
  nested(work: (inner: Queries) => Promise<void>): Promise<void>;
}

export interface OpenLayer extends Queries {
  transaction<Result>(work: (transaction: LayerTransaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface Layer {
  readonly name: string;
  open(pool: OrgPool): Promise<OpenLayer>;
}
