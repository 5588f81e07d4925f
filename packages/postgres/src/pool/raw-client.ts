import pg, { type QueryConfig, type QueryResult } from 'pg';
import type { Binding } from './binding.js';
import { BoundQuery } from './bound-query.js';
import type { QueryArguments } from './parse-query-arguments.js';
import type { PendingQueries } from './pending-queries.js';
import type { SessionClient } from './session-client.js';
import { submitQuery } from './submit-query.js';

/** Direct access to a client of pg, past the checks that `OrgClient.query` makes. For this package's own statements. */
export class RawClient implements SessionClient {
  /** @param query the method of `pg.Client`, which `OrgClient` overrides */
  constructor(
    private readonly client: pg.Client,
    private readonly pending: PendingQueries,
    readonly query: (...args: readonly unknown[]) => unknown,
  ) {}

  getTransactionStatus() {
    return this.client.getTransactionStatus();
  }

  send(statement: string | ReturnType<Binding>): Promise<QueryResult> {
    return this.query(statement) as Promise<QueryResult>;
  }

  pipeline<Result>(work: () => Result): Result {
    const { stream } = this.client.connection;
    Object.assign(this.client, { pipeline: true });
    stream.cork();
    try {
      return work();
    } finally {
      stream.uncork();
    }
  }

  endPipeline(): void {
    Object.assign(this.client, { pipeline: false });
  }

  submit(query: QueryArguments['query'], values: unknown): Promise<QueryResult> {
    return submitQuery(this.client.connection, (callback) => this.query(query, values, callback));
  }

  submitBound({ query, values }: QueryArguments, binding: ReturnType<Binding>): Promise<QueryResult> {
    return submitQuery(this.client.connection, (callback) => {
      const bound = new BoundQuery(query as QueryConfig, values, binding, (error, result) => {
        // Raised by pg (a `query_timeout`) while the server is still at work on the query.
        if (error !== null && bound.isInFlight && !(error instanceof pg.DatabaseError)) this.pending.markOutOfSync();
        callback(error, result as QueryResult);
      });
      this.query(bound);
    });
  }
}
