import pg, { type QueryConfig, type QueryResult } from 'pg';
import type { Binding } from './binding.js';

/** The methods of pg's connection that are used here: messages of the extended query protocol. */
interface Connection {
  parse(message: { text: string }): void;
  bind(message: { values: unknown[]; valueMapper(value: unknown): unknown }): void;
  execute(message: { portal: string }): void;
}

type Callback = (error: Error | null, result?: QueryResult) => void;

/** Methods of `pg.Query` that its types leave out. */
interface PgQuery {
  prepare(connection: Connection): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
}
const PgQuery = pg.Query as unknown as new (config: QueryConfig, values: unknown, callback: Callback) => PgQuery;

/**
 * A statement behind its binding, with one Sync for both. The server treats that as one transaction (PostgreSQL, "Extended
 * Query") and has no BEGIN or COMMIT to answer. If the binding fails, it does not execute the statement.
 */
export class BoundQuery extends PgQuery {
  /** Whether it was sent to the server, which has not reported that it is done. */
  isInFlight = false;
  readonly query_timeout: unknown;
  #isBound = false;
  readonly #binding: ReturnType<Binding>;

  constructor(query: string | QueryConfig, values: unknown, binding: ReturnType<Binding>, callback: Callback) {
    const config = typeof query === 'string' ? { text: query } : query;
    // Even without values: the simple query protocol has no Sync.
    super({ ...config, queryMode: 'extended' } as QueryConfig, values, callback);
    this.#binding = binding;
    this.query_timeout = (config as { query_timeout?: unknown }).query_timeout;
  }

  override prepare(connection: Connection): void {
    const { text, values } = this.#binding;
    connection.parse({ text });
    connection.bind({ values, valueMapper: toText });
    connection.execute({ portal: '' });
    super.prepare(connection);
    this.isInFlight = true;
  }

  override handleReadyForQuery(connection: Connection): void {
    this.isInFlight = false;
    super.handleReadyForQuery(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.#isBound) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.#isBound) super.handleCommandComplete(message, connection);
    this.#isBound = true;
  }
}

/** Formats a list of organizations as an array literal (PostgreSQL, §8.15.2). */
const toText = (value: unknown): unknown =>
  Array.isArray(value) ? `{${value.map((item) => `"${String(item).replace(/["\\]/g, '\\$&')}"`).join(',')}}` : value;
