import type { OrgId } from '@connect-auth/isolation';
import type { QueryResult } from 'pg';
import { awaitOutcome } from './await-outcome.js';
import type { Binding } from './binding.js';
import { discardSession } from './discard-session.js';
import { runInOwnTransaction } from './own-transaction.js';
import { requireFrame } from './require-frame.js';
import { requireCommit } from './rolled-back-error.js';
import type { SessionClient, SessionQuery } from './session-client.js';

export interface OrgSessionSettings {
  readonly orgId: OrgId;
  readonly binding: Binding;
  /** Whether a statement is written together with its binding, in one round trip. */
  readonly pipeline: boolean;
  /**
   * Whether the session is emptied before each binding. SQL injected for one organization could have left a table or a
   * prepared statement there that the next organization takes for its own.
   */
  readonly isSealed: boolean;
}

/**
 * The time between checkout and release of a client: everything is done for one organization, every statement in a
 * transaction bound to it.
 */
export class OrgSession {
  /** Whether the transaction block that the program began has its organization. */
  #isBound = false;

  constructor(
    private readonly client: SessionClient,
    private readonly settings: OrgSessionSettings,
  ) {}

  /** Whether a named prepared statement is still there in the next transaction. */
  get keepsPreparedStatements(): boolean {
    return !this.settings.isSealed;
  }

  /** @throws OrgContextError in a frame other than that of the organization that checked the client out */
  requireFrame(): void {
    requireFrame(this.settings.orgId);
  }

  /** @throws RolledBackError where PostgreSQL answers ROLLBACK to a COMMIT */
  async run(query: SessionQuery): Promise<QueryResult> {
    const status = this.client.getTransactionStatus();
    if (status !== 'T' && status !== 'E') {
      if (query.kind === 'plain') return await runInOwnTransaction(this.client, query, this.settings);
      this.#isBound = false;
      return await query.send();
    }
    if (query.kind === 'commit') return requireCommit(await query.send());
    const needsBinding = query.kind === 'plain' || query.kind === 'savepoint';
    if (!needsBinding || this.#isBound || status === 'E') return await query.send();
    return await this.#bindAndRun(query);
  }

  /**
   * Binds a transaction block with its first statement. Not with BEGIN: the binding is a query, and SET TRANSACTION must
   * come before any (PostgreSQL, SET TRANSACTION).
   */
  async #bindAndRun(query: SessionQuery): Promise<QueryResult> {
    const { pipeline, isSealed } = this.settings;
    if (!(pipeline && query.canPipeline)) {
      if (isSealed) await this.client.send(discardSession);
      await this.client.send(this.settings.binding());
      this.#isBound = true;
      return await query.send();
    }
    const binding = this.settings.binding();
    const [before, answered] = this.client.pipeline(() => {
      const discarded = isSealed ? [this.client.send(discardSession)] : [];
      return [Promise.all([...discarded, this.client.send(binding)]), query.send()];
    });
    const [bound, outcome] = await Promise.all([awaitOutcome(before), awaitOutcome(answered)]);
    this.client.endPipeline();
    if ('error' in bound) throw bound.error;
    this.#isBound = true;
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }
}
