import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'drizzle-orm';
import type { Database, Driver } from './database.js';

interface Transaction {
  readonly db: Database;
  readonly afterwards: (() => void)[];
}

/**
 * The database of one server. All writes inside `transaction` belong to it, however deep the call: on PGlite, a query
 * outside the transaction would wait for its end forever.
 */
export class Storage {
  private readonly open = new AsyncLocalStorage<Transaction | undefined>();

  constructor(
    private readonly driver: Driver,
    /** The environment of every row that is read or written. */
    readonly environmentId: string,
  ) {}

  get kind(): Driver['kind'] {
    return this.driver.kind;
  }

  /** The open transaction, or else the database. */
  get db(): Database {
    return this.open.getStore()?.db ?? this.driver.db;
  }

  /** Prepares a query, which is planned once and always runs outside transactions. */
  prepare<Prepared>(build: (db: Database) => Prepared): Prepared {
    return build(this.driver.db);
  }

  /** Commits all of the work or none of it. Inside another transaction, the work becomes part of that one. */
  async transaction<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
    const outer = this.open.getStore();
    if (outer !== undefined) return work(outer.db);

    const afterwards: (() => void)[] = [];
    const result = await this.driver.transaction((db) => this.open.run({ db, afterwards }, () => work(db)));
    for (const task of afterwards) task();
    return result;
  }

  /** Runs a task after the open transaction has been committed, or at once without one. */
  afterCommit(task: () => void): void {
    const transaction = this.open.getStore();
    if (transaction === undefined) task();
    else transaction.afterwards.push(task);
  }

  /** Runs the work in a transaction, under a lock that one process of this environment holds at a time. */
  alone<Result>(purpose: string, work: (db: Database) => Promise<Result>): Promise<Result> {
    return this.transaction(async (db) => {
      const name = `connect-auth/${this.environmentId}/${purpose}`;
      await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
      return work(db);
    });
  }

  /** @throws if the database does not answer */
  async ping(): Promise<void> {
    await this.driver.db.execute(sql`select 1`);
  }

  close(): Promise<void> {
    return this.driver.close();
  }
}
