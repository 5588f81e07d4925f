import pg, { type QueryConfig, type QueryResult } from 'pg';
import type { Binding } from './binding.js';

/** What is used of pg's connection: the messages of the extended query protocol. */
interface Connection {
  parse(message: { text: string }): void;
  bind(message: { values: unknown[]; valueMapper(value: unknown): unknown }): void;
  execute(message: { portal: string }): void;
}

type Answer = (error: Error | null, result?: QueryResult) => void;

/** What pg's own query has, and its types do not tell. */
interface PgQuery {
  prepare(connection: Connection): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
}
const PgQuery = pg.Query as unknown as new (config: QueryConfig, values: unknown, callback: Answer) => PgQuery;

/**
 * A statement with what binds it in front, and one Sync behind both: to the server that is one transaction (PostgreSQL,
 * "Extended Query"), without a BEGIN and a COMMIT to be answered. Where the binding fails, the statement is not executed.
 */
export class BoundQuery extends PgQuery {
  /** Whether all of it is on its way to the server, and the server is not done with it. */
  isOut = false;
  readonly query_timeout: unknown;
  #isBound = false;
  readonly #binding: ReturnType<Binding>;

  constructor(query: string | QueryConfig, values: unknown, binding: ReturnType<Binding>, callback: Answer) {
    const config = typeof query === 'string' ? { text: query } : query;
    // Also without values: the simple protocol knows no Sync.
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
    this.isOut = true;
  }

  override handleReadyForQuery(connection: Connection): void {
    this.isOut = false;
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

/** A list of organizations as PostgreSQL writes an array (§8.15.2). */
const toText = (value: unknown): unknown =>
  Array.isArray(value) ? `{${value.map((item) => `"${String(item).replace(/["\\]/g, '\\$&')}"`).join(',')}}` : value;
