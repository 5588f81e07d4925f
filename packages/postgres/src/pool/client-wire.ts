import pg, { type QueryConfig, type QueryResult } from 'pg';
import type { Binding } from './binding.js';
import { BoundQuery } from './bound-query.js';
import type { OpenQuestions } from './open-questions.js';
import type { Wire } from './org-session.js';
import type { Call } from './read-call.js';
import { submitQuery } from './submit-query.js';

/** A client of pg, past the rules for the statements of others. */
export class ClientWire implements Wire {
  /** @param query as pg has it: the client’s own may be another */
  constructor(
    private readonly client: pg.Client,
    private readonly questions: OpenQuestions,
    readonly query: (...args: readonly unknown[]) => unknown,
  ) {}

  getTransactionStatus() {
    return this.client.getTransactionStatus();
  }

  send(statement: string | ReturnType<Binding>): Promise<QueryResult> {
    return this.query(statement) as Promise<QueryResult>;
  }

  sendTogether<Result>(work: () => Result): Result {
    const { stream } = this.client.connection;
    Object.assign(this.client, { pipeline: true });
    stream.cork();
    try {
      return work();
    } finally {
      stream.uncork();
    }
  }

  endTogether(): void {
    Object.assign(this.client, { pipeline: false });
  }

  submit(query: Call['query'], values: unknown): Promise<QueryResult> {
    return submitQuery(this.client.connection, (answer) => this.query(query, values, answer));
  }

  submitBound({ query, values }: Call, binding: ReturnType<Binding>): Promise<QueryResult> {
    return submitQuery(this.client.connection, (answer) => {
      const bound = new BoundQuery(query as QueryConfig, values, binding, (error, result) => {
        // By pg and not by the server, which is still at it: a `query_timeout`.
        if (error !== null && bound.isOut && !(error instanceof pg.DatabaseError)) this.questions.loseCount();
        answer(error, result as QueryResult);
      });
      this.query(bound);
    });
  }
}
