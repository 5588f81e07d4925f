import { ConfigurationError } from '@connect-auth/core';
import type { OrgId } from '@connect-auth/isolation';
import type { QueryOptions, Results, Transaction } from '@electric-sql/pglite';
import { query as template } from '@electric-sql/pglite/template';
import type { Binding } from '../pool/binding.js';
import { requireFrame } from '../pool/require-frame.js';
import { classifyStatement } from '../statement/classify-statement.js';
import { RefusedStatementError } from '../statement/refused-statement-error.js';
import { quoteIdentifier } from '../wall/quote-identifier.js';

interface OrgTransactionSettings {
  readonly orgId: OrgId;
  readonly role: string;
  readonly bind: Binding;
}

/** A transaction of PGlite, bound to an organization. */
export class OrgTransaction {
  #isBound = false;

  constructor(
    private readonly transaction: Transaction,
    private readonly settings: OrgTransactionSettings,
  ) {}

  get closed(): boolean {
    return this.transaction.closed;
  }

  /** Switches to the runtime role until the end of the transaction. */
  async dropRights(): Promise<void> {
    await this.transaction.exec(`SET LOCAL ROLE ${quoteIdentifier(this.settings.role)}; SET LOCAL row_security = on`);
  }

  async query<Row>(text: string, values?: unknown[], options?: QueryOptions): Promise<Results<Row>> {
    await this.#prepare(text);
    return await this.transaction.query<Row>(text, values, options);
  }

  async sql<Row>(strings: TemplateStringsArray, ...values: unknown[]): Promise<Results<Row>> {
    // The text is assembled first, since raw parts have to be checked, too.
    const { query: text, params } = template(strings, ...values);
    return await this.query<Row>(text, params);
  }

  async exec(text: string, options?: QueryOptions): Promise<Results[]> {
    await this.#prepare(text);
    return await this.transaction.exec(text, options);
  }

  rollback(): Promise<void> {
    return this.transaction.rollback();
  }

  async #prepare(text: string): Promise<void> {
    requireFrame(this.settings.orgId);
    const kind = classifyStatement(text);
    if (kind === 'begin' || kind === 'commit' || kind === 'rollback') throw new RefusedStatementError('several');
    if (kind === 'modes' || this.#isBound) return;
    await this.#requireWall();
    const { text: bind, values } = this.settings.bind();
    await this.transaction.query(bind, values);
    this.#isBound = true;
  }

  /** @throws ConfigurationError if the role bypasses row-level security */
  async #requireWall(): Promise<void> {
    const { rows } = await this.transaction.query<{ passes: boolean }>(
      'select rolsuper or rolbypassrls as passes from pg_catalog.pg_roles where rolname = current_user',
    );
    if (rows[0]?.passes !== false) throw new ConfigurationError('role', 'bypasses every wall: use one that does not');
  }
}
