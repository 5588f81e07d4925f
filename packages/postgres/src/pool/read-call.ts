import type { QueryConfig, QueryResult, Submittable } from 'pg';

export type Callback = (error: Error | null, result?: QueryResult) => void;

/** A query that speaks the protocol by itself: a cursor, a stream, a `pg.Query`. */
export interface Portal extends Submittable {
  readonly text?: unknown;
  /** `pg-query-stream` has its cursor inside. */
  readonly cursor?: { readonly text?: unknown };
  callback?: unknown;
  handleError(error: unknown, connection: unknown): void;
  handleReadyForQuery(connection: unknown): void;
}

/** What was asked of `client.query()`, which takes it in many ways. */
export interface Call {
  readonly text: string;
  /** What pg is given. */
  readonly query: string | QueryConfig | Portal;
  readonly values: unknown;
  readonly callback: Callback | undefined;
}

/** @throws TypeError for what pg takes no query from, and for a portal that does not show its SQL */
export function readCall([query, second, third]: readonly unknown[]): Call {
  const callback = [second, third].find((value) => typeof value === 'function') ?? callbackOf(query);
  const call = {
    values: typeof second === 'function' ? undefined : second,
    callback: callback as Callback | undefined,
  };
  if (typeof query === 'string') return { ...call, query, text: query };
  if (typeof query !== 'object' || query === null)
    throw new TypeError('query() takes SQL, a configuration or a cursor');
  if (isPortal(query)) {
    const text = query.text ?? query.cursor?.text;
    if (typeof text !== 'string') throw new TypeError('query() takes no cursor or stream that does not show its SQL');
    return { ...call, query, text };
  }
  // A copy, so that what is sent is what is read here. A name without a text stands for what was prepared under it.
  const { name, text } = query as QueryConfig;
  for (const value of [name, text]) {
    if (typeof (value ?? '') !== 'string') throw new TypeError('query() takes a name and a text that are strings');
  }
  const config = { ...query, name, text, callback: undefined } as QueryConfig;
  return { ...call, query: config, text: text ?? '' };
}

const callbackOf = (query: unknown): unknown =>
  typeof query === 'object' &&
  query !== null &&
  !isPortal(query) &&
  typeof (query as QueryConfig & { callback?: unknown }).callback === 'function'
    ? (query as { callback?: unknown }).callback
    : undefined;

export const isPortalCall = (call: Call): call is Call & { readonly query: Portal } =>
  typeof call.query === 'object' && isPortal(call.query);

const isPortal = (query: object): query is Portal => 'submit' in query && typeof query.submit === 'function';

/** As one that is sent whole each time, and not prepared under a name. */
export const withoutName = (query: Call['query']): Call['query'] =>
  typeof query === 'string' ? query : ({ ...query, name: undefined } as Call['query']);
