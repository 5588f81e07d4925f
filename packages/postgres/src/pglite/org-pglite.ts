import { checkKnown } from '@connect-auth/core/adapter';
import { currentOrg } from '@connect-auth/isolation';
import type { PGlite, QueryOptions, Results, Transaction } from '@electric-sql/pglite';
import { bindingOf } from '../pool/binding.js';
import { type OrgPoolOptions, type OrgPoolSettings, resolveOptions } from '../pool/org-pool-options.js';
import { defaultRuntime } from '../wall/context-options.js';
import { checkIdentifier } from '../wall/quote-identifier.js';
import { OrgTransaction } from './org-transaction.js';

export interface OrgPgliteOptions extends Pick<OrgPoolOptions, 'context' | 'schema' | 'seal' | 'scope' | 'now'> {
  /** The role that the walls are made for. PGlite itself is a superuser, whom none stops. Default: `app_user`. */
  readonly role?: string;
}

/**
 * PGlite behind the wall: each statement runs in a transaction of the runtime role that the organization of the frame is
 * bound to. It refuses what `OrgPool` refuses, as it refuses it. The PGlite below stays a superuser's: it is for
 * migrations, and must not be in the hands of the code that serves requests.
 *
 * For development and tests of logic. There is one connection, so that nothing leaks from one to another here that would
 * leak in production: test pools on a server.
 */
export class OrgPglite {
  readonly #settings: OrgPoolSettings;
  readonly #role: string;

  /** @throws ConfigurationError */
  constructor(
    private readonly db: PGlite,
    options: OrgPgliteOptions,
  ) {
    checkKnown('', options, ['context', 'schema', 'seal', 'scope', 'now', 'role']);
    const { role = defaultRuntime, ...settings } = options;
    this.#role = checkIdentifier('role', role);
    this.#settings = resolveOptions(settings);
  }

  /** @throws OrgContextError without a frame; RefusedStatementError */
  async query<Row>(text: string, values?: unknown[], options?: QueryOptions): Promise<Results<Row>> {
    return await this.transaction((transaction) => transaction.query<Row>(text, values, options));
  }

  async sql<Row>(strings: TemplateStringsArray, ...values: unknown[]): Promise<Results<Row>> {
    return await this.transaction((transaction) => transaction.sql<Row>(strings, ...values));
  }

  async exec(text: string, options?: QueryOptions): Promise<Results[]> {
    return await this.transaction((transaction) => transaction.exec(text, options));
  }

  /** Within `work`, ask the transaction and not the database: that one waits until the transaction is over. */
  async transaction<Result>(work: (transaction: OrgTransaction) => Promise<Result>): Promise<Result> {
    const orgId = currentOrg();
    const bind = bindingOf(this.#settings, orgId, await this.#settings.scope(orgId));
    return await this.db.transaction(async (transaction: Transaction) => {
      const bound = new OrgTransaction(transaction, { orgId, role: this.#role, bind });
      await bound.dropRights();
      return await work(bound);
    });
  }

  /** This object, for a query builder whose types know `PGlite` alone: `drizzle(db.asPglite())`. It gains no method. */
  asPglite(): PGlite {
    return this as unknown as PGlite;
  }
}
