import { OrgContextError } from '@connect-auth/isolation';
import pg, { type ClientConfig, type QueryConfig, type QueryResult } from 'pg';
import { classifyStatement } from '../statement/classify-statement.js';
import type { Binding } from './binding.js';
import { BoundQuery } from './bound-query.js';
import { Hearing } from './hearing.js';
import { isOneStatement } from './one-statement.js';
import type { OrgSession, Wire } from './org-session.js';
import { type Call, type Callback, isPortalCall, type Portal, readCall, withoutName } from './read-call.js';
import { submitPortal } from './submit-portal.js';
import { submitQuery } from './submit-query.js';
import { Turns } from './turns.js';

/** A connection that does nothing but what the session of an organization lets it. */
export class OrgClient extends pg.Client implements Wire {
  #session: OrgSession | undefined;
  /** Whether server and client may have lost count of each other's messages. */
  #isAstray = false;
  readonly #hearing = new Hearing(this);
  /** How much was asked for that is not answered yet. */
  #unanswered = 0;
  /** One thing after another, since each must know how the transaction stands. */
  readonly #turns = new Turns();

  constructor(config?: ClientConfig) {
    super(config);
    // A connection that breaks while it is lent must not end the process: whoever asks it next gets the error.
    this.on('error', () => undefined);
  }

  /** From now on everything is done in this session, until the client is returned. */
  lend(session: OrgSession): void {
    this.#session = session;
    this.#hearing.begin();
  }

  /** Ends the session. @returns whether the connection can be used again; not while somebody waits for an answer */
  takeBack(): boolean {
    this.#session = undefined;
    this.#hearing.end();
    return this.#unanswered === 0 && !this.#isAstray && !this.connection.stream.destroyed;
  }

  /** What goes on without anybody waiting for it: the end of the transaction around a cursor. */
  get lastTurn(): Promise<void> | undefined {
    return this.#turns.last;
  }

  /**
   * As in pg, in the frame of the organization that the client was checked out for. One query after the other: what is
   * asked for meanwhile waits.
   */
  override query(...args: unknown[]): never {
    const answer = this.#take(args);
    return answer as never;
  }

  /** A statement of this package, past the rules for those of others. */
  send(statement: string | ReturnType<Binding>): Promise<QueryResult> {
    return super.query(statement as string);
  }

  sendTogether<Result>(work: () => Result): Result {
    const { stream } = this.connection;
    Object.assign(this, { pipeline: true });
    stream.cork();
    try {
      return work();
    } finally {
      stream.uncork();
    }
  }

  endTogether(): void {
    Object.assign(this, { pipeline: false });
  }

  #take(args: readonly unknown[]): Promise<QueryResult> | Portal | undefined {
    const call = readCall(args);
    if (isPortalCall(call)) {
      this.#runPortal(call.query, call);
      return call.query;
    }
    const answered = this.#run(call);
    if (call.callback === undefined) return answered;
    report(answered, call.callback);
    return undefined;
  }

  async #run(call: Call): Promise<QueryResult> {
    const { text, query, values } = call;
    this.#unanswered += 1;
    try {
      const session = this.#requireSession();
      const kind = classifyStatement(text);
      // pg reads rows in portions over several round trips, and refuses to do so in a pipeline.
      const canPipeline = typeof query === 'string' || !('rows' in query);
      const send = () => this.#submit(session.keepsNames ? query : withoutName(query), values);
      const sendBound = isOneStatement(call)
        ? (binding: ReturnType<Binding>) => this.#submitBound(call, binding)
        : undefined;
      return await this.#turns.take(() => session.run({ kind, send, canPipeline, sendBound }));
    } finally {
      this.#unanswered -= 1;
    }
  }

  #runPortal(portal: Portal, { text, values, callback }: Call): void {
    let isAnswered = false;
    this.#unanswered += 1;
    const onAnswered = () => {
      if (!isAnswered) this.#unanswered -= 1;
      isAnswered = true;
    };
    const onAstray = () => {
      this.#isAstray = true;
    };
    const submit = () => {
      super.query(portal as never, values as never, callback as never);
    };
    const run = async (send: () => Promise<QueryResult>) => {
      const session = this.#requireSession();
      const kind = classifyStatement(text);
      if (!session.keepsNames && 'name' in portal) Object.assign(portal, { name: undefined });
      return await this.#turns.take(() => session.run({ kind, send, canPipeline: false }));
    };
    const { connection } = this;
    const hasCallback = callback !== undefined || portal.callback !== undefined;
    void submitPortal(portal, { connection, submit, hasCallback, run, onAnswered, onAstray });
  }

  #submit(query: Call['query'], values: unknown): Promise<QueryResult> {
    return submitQuery(this.connection, (answer) => super.query(query as string, values as unknown[], answer));
  }

  #submitBound({ query, values }: Call, binding: ReturnType<Binding>): Promise<QueryResult> {
    return submitQuery(this.connection, (answer) => {
      const bound = new BoundQuery(query as QueryConfig, values, binding, (error, result) => {
        // By pg and not by the server, which is still at it: a `query_timeout`.
        if (error !== null && bound.isSent && !(error instanceof pg.DatabaseError)) this.#isAstray = true;
        answer(error, result as QueryResult);
      });
      super.query(bound as never);
    });
  }

  #requireSession(): OrgSession {
    if (this.#session === undefined) throw new OrgContextError('org_context_missing');
    this.#session.requireFrame();
    return this.#session;
  }
}

/** What a callback throws is nobody's rejection: it goes where pg lets it go, too. */
function report(answered: Promise<QueryResult>, callback: Callback): void {
  answered.then(
    (result) => process.nextTick(callback, null, result),
    (error) => process.nextTick(callback, error),
  );
}
