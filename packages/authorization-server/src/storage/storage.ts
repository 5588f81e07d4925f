import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'drizzle-orm';
import type { Database, Driver } from './database.js';

interface Transaction {
  readonly db: Database;
  readonly afterwards: (() => void)[];
}

/**
 * The database of one server. Whatever is written inside `transaction` belongs to it, however deep the call: on PGlite a
 * question beside the transaction would wait for its end forever.
 */
export class Storage {
  private readonly open = new AsyncLocalStorage<Transaction | undefined>();

  constructor(
    private readonly driver: Driver,
    /** Every row that is read or written is of this environment. */
    readonly environmentId: string,
  ) {}

  get kind(): Driver['kind'] {
    return this.driver.kind;
  }

  /** The open transaction, or else the database. */
  get db(): Database {
    return this.open.getStore()?.db ?? this.driver.db;
  }

  /** A query that is planned once. It always runs outside of transactions. */
  prepare<Prepared>(build: (db: Database) => Prepared): Prepared {
    return build(this.driver.db);
  }

  /** All of the work or none of it. Inside another transaction it is a part of that one. */
  async transaction<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
    const outer = this.open.getStore();
    if (outer !== undefined) return work(outer.db);

    const afterwards: (() => void)[] = [];
    const result = await this.driver.transaction((db) => this.open.run({ db, afterwards }, () => work(db)));
    for (const task of afterwards) task();
    return result;
  }

  /** Once what is being written is there to stay; at once where no transaction is open. */
  afterCommit(task: () => void): void {
    const transaction = this.open.getStore();
    if (transaction === undefined) task();
    else transaction.afterwards.push(task);
  }

  /** The work in one transaction that no other process of this environment has open at the same time. */
  alone<Result>(purpose: string, work: (db: Database) => Promise<Result>): Promise<Result> {
    return this.transaction(async (db) => {
      const name = `connect-auth/${this.environmentId}/${purpose}`;
      await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
      return work(db);
    });
  }

  /** @throws when the database does not answer */
  async ping(): Promise<void> {
    await this.driver.db.execute(sql`select 1`);
  }

  close(): Promise<void> {
    return this.driver.close();
  }
}
