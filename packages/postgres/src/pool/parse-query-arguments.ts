import type { QueryConfig, QueryResult, Submittable } from 'pg';

export type Callback = (error: Error | null, result?: QueryResult) => void;

/** A query that handles the protocol's messages by itself: a cursor, a stream, a `pg.Query`. */
export interface SubmittableQuery extends Submittable {
  readonly text?: unknown;
  /** `pg-query-stream` wraps a cursor. */
  readonly cursor?: { readonly text?: unknown };
  callback?: unknown;
  handleError(error: unknown, connection: unknown): void;
  handleReadyForQuery(connection: unknown): void;
}

/** The arguments of `client.query()`, whichever of its overloads was called. */
export interface QueryArguments {
  readonly text: string;
  /** The first argument, as pg is given it. */
  readonly query: string | QueryConfig | SubmittableQuery;
  readonly values: unknown;
  readonly callback: Callback | undefined;
}

/** @throws TypeError for a query that pg does not accept, and for a submittable one that does not show its SQL */
export function parseQueryArguments([query, second, third]: readonly unknown[]): QueryArguments {
  const callback = [second, third].find((value) => typeof value === 'function') ?? callbackOf(query);
  const rest = {
    values: typeof second === 'function' ? undefined : second,
    callback: callback as Callback | undefined,
  };
  if (typeof query === 'string') return { ...rest, query, text: query };
  if (typeof query !== 'object' || query === null)
    throw new TypeError('query() takes SQL, a configuration or a cursor');
  if (isSubmittable(query)) {
    const text = query.text ?? query.cursor?.text;
    if (typeof text !== 'string') throw new TypeError('query() takes no cursor or stream that does not show its SQL');
    return { ...rest, query, text };
  }
  // A copy, so that what is sent is what was checked. A name without a text executes what was prepared under it.
  const { name, text } = query as QueryConfig;
  for (const value of [name, text]) {
    if (typeof (value ?? '') !== 'string') throw new TypeError('query() takes a name and a text that are strings');
  }
  const config = { ...query, name, text, callback: undefined } as QueryConfig;
  return { ...rest, query: config, text: text ?? '' };
}

const callbackOf = (query: unknown): unknown =>
  typeof query === 'object' &&
  query !== null &&
  !isSubmittable(query) &&
  typeof (query as QueryConfig & { callback?: unknown }).callback === 'function'
    ? (query as { callback?: unknown }).callback
    : undefined;

export const hasSubmittable = (args: QueryArguments): args is QueryArguments & { readonly query: SubmittableQuery } =>
  typeof args.query === 'object' && isSubmittable(args.query);

const isSubmittable = (query: object): query is SubmittableQuery =>
  'submit' in query && typeof query.submit === 'function';

/** The same query, unnamed: sent in full each time instead of prepared once. */
export const withoutName = (query: QueryArguments['query']): QueryArguments['query'] =>
  typeof query === 'string' ? query : ({ ...query, name: undefined } as QueryArguments['query']);
