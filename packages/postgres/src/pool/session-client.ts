import type { QueryResult, TransactionStatus } from 'pg';
import type { StatementKind } from '../statement/classify-statement.js';
import type { Binding } from './binding.js';

/** What a session needs of the client under it. */
export interface SessionClient {
  getTransactionStatus(): TransactionStatus;
  send(statement: string | ReturnType<Binding>): Promise<QueryResult>;
  /** Writes everything that `work` sends at once, without waiting for results in between. Lasts until `endPipeline`. */
  pipeline<Result>(work: () => Result): Result;
  endPipeline(): void;
}

/** A query of the program, ready to be sent by a session. */
export interface SessionQuery {
  readonly kind: StatementKind;
  /** Sends the statement itself. */
  readonly send: () => Promise<QueryResult>;
  /** Whether it can be written together with other statements. */
  readonly canPipeline: boolean;
  /** Sends it behind its binding, with one Sync for both; absent where the protocol does not allow that. */
  readonly sendBound?: ((binding: ReturnType<Binding>) => Promise<QueryResult>) | undefined;
}
