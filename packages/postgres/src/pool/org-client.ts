import { OrgContextError } from '@connect-auth/isolation';
import pg, { type ClientConfig, type QueryResult } from 'pg';
import { keepServerMessage } from '../errors/server-message.js';
import { classifyStatement } from '../statement/classify-statement.js';
import type { Binding } from './binding.js';
import { canPipeline } from './can-pipeline.js';
import { ClientWire } from './client-wire.js';
import { Hearing } from './hearing.js';
import { isOneStatement } from './one-statement.js';
import { OpenQuestions } from './open-questions.js';
import type { OrgSession } from './org-session.js';
import { type Call, type Callback, isPortalCall, type Portal, readCall, withoutName } from './read-call.js';
import { submitPortal } from './submit-portal.js';
import { Turns } from './turns.js';

/** A connection that does nothing but what the session of an organization lets it. */
export class OrgClient extends pg.Client {
  #session: OrgSession | undefined;
  readonly #questions = new OpenQuestions();
  /** For the statements of this package. */
  readonly wire = new ClientWire(this, this.#questions, (...args) => super.query(...(args as [string])));
  readonly #hearing = new Hearing(this);
  /** One thing after another, since each must know how the transaction stands. */
  readonly #turns = new Turns();

  /** Of pg: whether values come as bytes. */
  declare readonly binary?: boolean;

  constructor(config?: ClientConfig) {
    super(config);
    // A connection that breaks while it is lent must not end the process: whoever asks it next gets the error.
    this.on('error', () => undefined);
    this.connection.on('errorMessage', keepServerMessage);
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
    return this.#questions.areAnswered && !this.connection.stream.destroyed;
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
    const close = this.#questions.open();
    try {
      const session = this.#requireSession();
      const kind = classifyStatement(text);
      const send = () => this.wire.submit(session.keepsNames ? query : withoutName(query), values);
      const sendBound = isOneStatement(call, this.binary === true)
        ? (binding: ReturnType<Binding>) => this.wire.submitBound(call, binding)
        : undefined;
      return await this.#turns.take(() => session.run({ kind, send, canPipeline: canPipeline(call), sendBound }));
    } finally {
      close();
    }
  }

  #runPortal(portal: Portal, { text, values, callback }: Call): void {
    const onAnswered = this.#questions.open();
    const onAstray = () => this.#questions.loseCount();
    const submit = () => void this.wire.query(portal, values, callback);
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
