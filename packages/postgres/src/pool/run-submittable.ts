import { AsyncResource } from 'node:async_hooks';
import type { QueryResult } from 'pg';
import type { SubmittableQuery } from './parse-query-arguments.js';

interface SubmittableRun {
  readonly connection: unknown;
  /** Hands the query to pg. */
  readonly submit: () => void;
  /** Whether the query has a callback. */
  readonly hasCallback: boolean;
  /** Runs it in a transaction bound to its organization. */
  readonly run: (send: () => Promise<QueryResult>) => Promise<QueryResult>;
  /** The server has sent its last message for the query. */
  readonly onAnswered: () => void;
  /** The query may have sent protocol messages that the server did not expect: discard the connection. */
  readonly onOutOfSync: () => void;
}

/**
 * Runs a submittable query from its submission to the end of the transaction around it. The query is told that it is ready
 * only when that transaction has ended, so that a COMMIT that fails is its failure. Its listeners are called in the frame
 * in which it was submitted, not in the frame that connected the client.
 */
export async function runSubmittable(
  query: SubmittableQuery,
  { connection, submit, hasCallback, run, onAnswered, onOutOfSync }: SubmittableRun,
): Promise<void> {
  bindHandlersToFrame(query);
  const finish = query.handleReadyForQuery.bind(query);
  const fail = query.handleError.bind(query);
  let isSubmitted = false;
  let isFailed = false;
  // A later error is not from the server but from pg (a `query_timeout`). If the query answered it with a message of its
  // own, the next organization would get answers to questions that it did not ask.
  const restore = () => Object.assign(query, { handleReadyForQuery: finish, handleError: () => undefined });
  const send = () =>
    new Promise<QueryResult>((resolve, reject) => {
      query.handleReadyForQuery = () => {
        onAnswered();
        resolve({ command: '', rowCount: null, oid: 0, fields: [], rows: [] });
      };
      // At once: a cursor answers an error with the Sync that the server is waiting for.
      query.handleError = (error) => {
        onAnswered();
        isFailed = true;
        restore();
        reject(error);
        fail(error, connection);
      };
      isSubmitted = true;
      submit();
    });
  try {
    await run(send);
    restore();
    finish(connection);
  } catch (error) {
    onAnswered();
    restore();
    if (isFailed) return;
    // A query that was never submitted owes the server nothing. One that was answers over the connection it holds itself.
    if (isSubmitted) {
      onOutOfSync();
      reopenCursor(query);
    }
    fail(error, silentConnection);
  } finally {
    // pg clears a `query_timeout` by calling the callback, which a cursor never does. Left running, it would break off
    // whatever pipeline the connection is in by then.
    if (!hasCallback && typeof query.callback === 'function') query.callback();
    detachCursor(query);
  }
}

/** The fields of pg-cursor 2 that are used here. */
interface Cursor {
  state?: unknown;
  connection?: unknown;
}

const cursorOf = (query: SubmittableQuery): Cursor => (query.cursor ?? query) as Cursor;

/** A cursor that has read its last row ignores errors, but the COMMIT may still fail. */
function reopenCursor(query: SubmittableQuery): void {
  const cursor = cursorOf(query);
  if (cursor.state === 'done') cursor.state = 'busy';
}

/** Closing a cursor that has failed would send messages over a connection that may be another organization's by then. */
function detachCursor(query: SubmittableQuery): void {
  const cursor = cursorOf(query);
  if (cursor.state === 'error') cursor.connection = null;
}

/** The methods through which pg passes the server's messages to a query (pg 8, Client). */
const handlers = [
  'handleRowDescription',
  'handleDataRow',
  'handlePortalSuspended',
  'handleEmptyQuery',
  'handleCommandComplete',
  'handleCopyInResponse',
  'handleCopyData',
  'handleError',
  'handleReadyForQuery',
];

function bindHandlersToFrame(query: SubmittableQuery): void {
  const members = query as unknown as Record<string, unknown>;
  for (const name of handlers) {
    const handler = members[name];
    if (typeof handler === 'function') members[name] = AsyncResource.bind(handler.bind(query));
  }
}

const silentConnection = { sync() {}, flush() {}, close() {}, removeListener() {} };
