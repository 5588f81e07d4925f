import { OrgContextError } from '@connect-auth/isolation';
import pg, { type ClientConfig, type QueryResult } from 'pg';
import { keepServerMessage } from '../errors/server-message.js';
import { classifyStatement } from '../statement/classify-statement.js';
import type { Binding } from './binding.js';
import { canPipeline } from './can-pipeline.js';
import { canShareSync } from './can-share-sync.js';
import { ListenerFrame } from './listener-frame.js';
import type { OrgSession } from './org-session.js';
import {
  type Callback,
  hasSubmittable,
  parseQueryArguments,
  type QueryArguments,
  type SubmittableQuery,
  withoutName,
} from './parse-query-arguments.js';
import { PendingQueries } from './pending-queries.js';
import { QueryQueue } from './query-queue.js';
import { RawClient } from './raw-client.js';
import { runSubmittable } from './run-submittable.js';

/** A client of pg that runs queries only within the session of an organization. */
export class OrgClient extends pg.Client {
  #session: OrgSession | undefined;
  readonly #pending = new PendingQueries();
  /** For the statements of this package. */
  readonly raw = new RawClient(this, this.#pending, (...args) => super.query(...(args as [string])));
  readonly #listenerFrame = new ListenerFrame(this);
  /** One query at a time, since each depends on the transaction status that the one before leaves. */
  readonly #queue = new QueryQueue();

  /** Of pg: whether values come as bytes. */
  declare readonly binary?: boolean;

  constructor(config?: ClientConfig) {
    super(config);
    // A connection that breaks while it is checked out must not end the process: the next query gets the error.
    this.on('error', () => undefined);
    this.connection.on('errorMessage', keepServerMessage);
  }

  /** From now on every query runs in this session, until `endSession`. */
  beginSession(session: OrgSession): void {
    this.#session = session;
    this.#listenerFrame.enter();
  }

  /** @returns whether the connection can be used again: not while a query is unanswered */
  endSession(): boolean {
    this.#session = undefined;
    this.#listenerFrame.exit();
    return this.#pending.areAnswered && !this.connection.stream.destroyed;
  }

  /** Resolves when nothing runs any more; undefined if nothing does. Nobody else waits for the COMMIT after a cursor. */
  get queueTail(): Promise<void> | undefined {
    return this.#queue.tail;
  }

  /**
   * As in pg, but only in the frame of the organization that checked the client out. Queries run one after another, in the
   * order of the calls.
   */
  override query(...args: unknown[]): never {
    return this.#query(parseQueryArguments(args)) as never;
  }

  #query(args: QueryArguments): Promise<QueryResult> | SubmittableQuery | undefined {
    if (hasSubmittable(args)) {
      this.#runSubmittable(args.query, args);
      return args.query;
    }
    const answered = this.#run(args);
    if (args.callback === undefined) return answered;
    callBack(answered, args.callback);
    return undefined;
  }

  async #run(args: QueryArguments): Promise<QueryResult> {
    const { text, query, values } = args;
    const onAnswered = this.#pending.add();
    try {
      const session = this.#requireSession();
      const kind = classifyStatement(text);
      const send = () => this.raw.submit(session.keepsPreparedStatements ? query : withoutName(query), values);
      const sendBound = canShareSync(args, this.binary === true)
        ? (binding: ReturnType<Binding>) => this.raw.submitBound(args, binding)
        : undefined;
      return await this.#queue.run(() => session.run({ kind, send, canPipeline: canPipeline(args), sendBound }));
    } finally {
      onAnswered();
    }
  }

  #runSubmittable(query: SubmittableQuery, { text, values, callback }: QueryArguments): void {
    const onAnswered = this.#pending.add();
    const onOutOfSync = () => this.#pending.markOutOfSync();
    const submit = () => void this.raw.query(query, values, callback);
    const run = async (send: () => Promise<QueryResult>) => {
      const session = this.#requireSession();
      const kind = classifyStatement(text);
      if (!session.keepsPreparedStatements && 'name' in query) Object.assign(query, { name: undefined });
      return await this.#queue.run(() => session.run({ kind, send, canPipeline: false }));
    };
    const { connection } = this;
    const hasCallback = callback !== undefined || query.callback !== undefined;
    void runSubmittable(query, { connection, submit, hasCallback, run, onAnswered, onOutOfSync });
  }

  #requireSession(): OrgSession {
    if (this.#session === undefined) throw new OrgContextError('org_context_missing');
    this.#session.requireFrame();
    return this.#session;
  }
}

/** In `nextTick`, as pg does: an error thrown by the callback is uncaught, not the rejection of a promise nobody holds. */
function callBack(answered: Promise<QueryResult>, callback: Callback): void {
  answered.then(
    (result) => process.nextTick(callback, null, result),
    (error) => process.nextTick(callback, error),
  );
}
