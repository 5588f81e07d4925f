import type { OrgId } from '@connect-auth/isolation';
import type { QueryResult, TransactionStatus } from 'pg';
import type { StatementKind } from '../statement/classify-statement.js';
import type { Binding } from './binding.js';
import { discardSession } from './discard-session.js';
import { requireFrame } from './require-frame.js';
import { requireCommit } from './rolled-back-error.js';
import { settle } from './settle.js';

/** What a session sends over, and asks about. */
export interface Wire {
  getTransactionStatus(): TransactionStatus;
  send(statement: string | ReturnType<Binding>): Promise<QueryResult>;
  /** Sends in one write what `work` sends, without a wait for the answers in between; until `endTogether`. */
  sendTogether<Result>(work: () => Result): Result;
  endTogether(): void;
}

/** Whom a client is lent to. */
export interface OrgLease {
  readonly orgId: OrgId;
  readonly binding: Binding;
  readonly pipelines: boolean;
  /**
   * Whether what others left in the session is taken away before each binding. SQL that was injected for one organization
   * could leave a table or a statement there that the next one takes for its own.
   */
  readonly isSealed: boolean;
}

export interface Ask {
  readonly kind: StatementKind;
  /** Sends the statement itself. */
  readonly send: () => Promise<QueryResult>;
  /** Whether it can be sent in one go with others. */
  readonly canPipeline: boolean;
  /** Sends it and its binding as one transaction of their own; absent where the protocol does not allow that. */
  readonly sendBound?: ((binding: ReturnType<Binding>) => Promise<QueryResult>) | undefined;
}

/**
 * What a client does between its checkout and its release: everything for one organization, and every statement in a
 * transaction that the organization is bound to.
 */
export class OrgSession {
  /** Whether the transaction that was begun by the program has its organization. */
  #isBound = false;

  constructor(
    private readonly wire: Wire,
    private readonly lease: OrgLease,
  ) {}

  /** Whether a statement that is prepared under a name is there at the next transaction. */
  get keepsNames(): boolean {
    return !this.lease.isSealed;
  }

  /** @throws OrgContextError unless the work at hand is done for the organization that the client was checked out for */
  requireFrame(): void {
    requireFrame(this.lease.orgId);
  }

  /** @throws RolledBackError where a COMMIT was answered with ROLLBACK */
  async run(ask: Ask): Promise<QueryResult> {
    const status = this.wire.getTransactionStatus();
    if (status !== 'T' && status !== 'E') {
      if (ask.kind === 'plain') return await this.#runAlone(ask);
      this.#isBound = false;
      return await ask.send();
    }
    if (ask.kind === 'commit') return requireCommit(await ask.send());
    const needsBinding = ask.kind === 'plain' || ask.kind === 'savepoint';
    if (!needsBinding || this.#isBound || status === 'E') return await ask.send();
    return await this.#bindAndRun(ask);
  }

  get #begin(): string {
    return this.lease.isSealed ? `BEGIN; ${discardSession}` : 'BEGIN';
  }

  #pipelines = (ask: Ask): boolean => this.lease.pipelines && ask.canPipeline;

  async #runAlone(ask: Ask): Promise<QueryResult> {
    if (!this.#pipelines(ask)) return await this.#runInSteps(ask);
    const isOne = ask.sendBound !== undefined && !this.lease.isSealed;
    return isOne ? await ask.sendBound(this.lease.binding()) : await this.#runTogether(ask);
  }

  /** A statement by itself, in one round trip. PostgreSQL answers each step, whatever fails. */
  async #runTogether(ask: Ask): Promise<QueryResult> {
    const binding = this.lease.binding();
    const [before, answered, committed] = this.wire.sendTogether(() => [
      Promise.all([this.wire.send(this.#begin), this.wire.send(binding)]),
      ask.send(),
      this.wire.send('COMMIT'),
    ]);
    const settled = Promise.allSettled([before, committed]);
    const answer = await settle(answered);
    await settled;
    this.wire.endTogether();
    // In the order of what caused what: after a step that failed, the later ones only say that they were not done.
    await before;
    if ('error' in answer) throw answer.error;
    requireCommit(await committed);
    return answer.value;
  }

  /** A statement by itself, step by step. */
  async #runInSteps(ask: Ask): Promise<QueryResult> {
    await this.wire.send(this.#begin);
    try {
      await this.wire.send(this.lease.binding());
      const answer = await ask.send();
      requireCommit(await this.wire.send('COMMIT'));
      return answer;
    } catch (error) {
      // The first error counts. Where this one fails, too, the connection is dead, and its transaction with it.
      if (this.wire.getTransactionStatus() !== 'I') await this.wire.send('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /**
   * The first statement of a transaction that the program began. Not earlier: SET TRANSACTION must come before any query
   * (PostgreSQL, SET TRANSACTION), and the binding is one.
   */
  async #bindAndRun(ask: Ask): Promise<QueryResult> {
    if (!this.#pipelines(ask)) {
      if (this.lease.isSealed) await this.wire.send(discardSession);
      await this.wire.send(this.lease.binding());
      this.#isBound = true;
      return await ask.send();
    }
    const binding = this.lease.binding();
    const [before, answered] = this.wire.sendTogether(() => {
      const fresh = this.lease.isSealed ? [this.wire.send(discardSession)] : [];
      return [Promise.all([...fresh, this.wire.send(binding)]), ask.send()];
    });
    const [bound, answer] = await Promise.all([settle(before), settle(answered)]);
    this.wire.endTogether();
    if ('error' in bound) throw bound.error;
    this.#isBound = true;
    if ('error' in answer) throw answer.error;
    return answer.value;
  }
}
