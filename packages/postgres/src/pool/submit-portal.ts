import { AsyncResource } from 'node:async_hooks';
import type { QueryResult } from 'pg';
import type { Portal } from './read-call.js';

interface PortalCourse {
  readonly connection: unknown;
  /** Hands the portal to pg. */
  readonly submit: () => void;
  /** Whether somebody waits for a callback. */
  readonly hasCallback: boolean;
  /** Runs it in a transaction that its organization is bound to. */
  readonly run: (send: () => Promise<QueryResult>) => Promise<QueryResult>;
  /** The server has said all that it has to say to the portal. */
  readonly onAnswered: () => void;
  /** The portal may have sent what the server was not waiting for: the connection must not be used again. */
  readonly onAstray: () => void;
}

/**
 * Sees a portal through, from its submission to the end of the transaction that is around it. It learns that it is
 * done when the transaction is: a COMMIT that fails is its failure. Whoever listens to it is called in the frame that it was
 * asked in, and not in that of whoever made the connection.
 */
export async function submitPortal(
  portal: Portal,
  { connection, submit, hasCallback, run, onAnswered, onAstray }: PortalCourse,
): Promise<void> {
  stayInFrame(portal);
  const finish = portal.handleReadyForQuery.bind(portal);
  const fail = portal.handleError.bind(portal);
  let isSubmitted = false;
  let isFailed = false;
  // What comes later is not from the server (a `query_timeout` of pg): to answer it would throw the next organization's
  // answers out of step.
  const restore = () => Object.assign(portal, { handleReadyForQuery: finish, handleError: () => undefined });
  const send = () =>
    new Promise<QueryResult>((resolve, reject) => {
      portal.handleReadyForQuery = () => {
        onAnswered();
        resolve({ command: '', rowCount: null, oid: 0, fields: [], rows: [] });
      };
      // At once: a cursor answers an error with the message that the server waits for.
      portal.handleError = (error) => {
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
    // Not submitted, it has nothing to answer the server; submitted, it has its own connection, and answers it there.
    if (isSubmitted) {
      onAstray();
      awake(portal);
    }
    fail(error, silentConnection);
  } finally {
    // With it pg ends a `query_timeout`, and a cursor calls none: a pipeline would be broken off by it, whoever's it is then.
    if (!hasCallback && typeof portal.callback === 'function') portal.callback();
    detach(portal);
  }
}

/** What pg-cursor 2 keeps of itself. */
interface Cursor {
  state?: unknown;
  connection?: unknown;
}

const cursorOf = (portal: Portal): Cursor => (portal.cursor ?? portal) as Cursor;

/** A cursor that has its last row takes no error, but the COMMIT comes after that. */
function awake(portal: Portal): void {
  const cursor = cursorOf(portal);
  if (cursor.state === 'done') cursor.state = 'busy';
}

/** A cursor that has failed would be closed over a connection that is another organization's by then. */
function detach(portal: Portal): void {
  const cursor = cursorOf(portal);
  if (cursor.state === 'error') cursor.connection = null;
}

/** The names by which pg hands a query what the server says (pg 8, Client). */
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

function stayInFrame(portal: Portal): void {
  const members = portal as unknown as Record<string, unknown>;
  for (const name of handlers) {
    const handler = members[name];
    if (typeof handler === 'function') members[name] = AsyncResource.bind(handler.bind(portal));
  }
}

const silentConnection = { sync() {}, flush() {}, close() {}, removeListener() {} };
