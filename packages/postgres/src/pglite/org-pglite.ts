import { checkKnown } from '@connect-auth/core/adapter';
import { currentOrg } from '@connect-auth/isolation';
import type { PGlite, QueryOptions, Results, Transaction } from '@electric-sql/pglite';
import { bindingOf } from '../pool/binding.js';
import { type OrgPoolOptions, type OrgPoolSettings, resolveOrgPoolOptions } from '../pool/org-pool-options.js';
import { defaultRuntime } from '../wall/context-options.js';
import { checkIdentifier } from '../wall/quote-identifier.js';
import { OrgTransaction } from './org-transaction.js';

export interface OrgPgliteOptions extends Pick<OrgPoolOptions, 'context' | 'schema' | 'seal' | 'readableOrgs' | 'now'> {
  /** The role that statements run as. PGlite itself is a superuser, which no wall stops. Default: `app_user`. */
  readonly role?: string;
}

/**
 * PGlite behind the wall: each statement runs as the runtime role, in a transaction bound to the organization of the frame.
 * It rejects the same statements as `OrgPool`, with the same errors. The PGlite below remains a superuser's: use it for
 * migrations, and keep it away from the code that serves requests.
 *
 * For development, and for tests of application logic. PGlite has a single connection, so that tests with it cannot show what
 * leaks between the connections of a pool: test pools on a server.
 */
export class OrgPglite {
  readonly #settings: OrgPoolSettings;
  readonly #role: string;

  /** @throws ConfigurationError */
  constructor(
    private readonly db: PGlite,
    options: OrgPgliteOptions,
  ) {
    checkKnown('', options, ['context', 'schema', 'seal', 'readableOrgs', 'now', 'role']);
    const { role = defaultRuntime, ...settings } = options;
    this.#role = checkIdentifier('role', role);
    this.#settings = resolveOrgPoolOptions(settings);
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

  /** Within `work`, query the transaction: a query to the database would wait for the transaction to end. */
  async transaction<Result>(work: (transaction: OrgTransaction) => Promise<Result>): Promise<Result> {
    const orgId = currentOrg();
    const bind = bindingOf(this.#settings, orgId, await this.#settings.readableOrgs(orgId));
    return await this.db.transaction(async (transaction: Transaction) => {
      const bound = new OrgTransaction(transaction, { orgId, role: this.#role, bind });
      await bound.dropRights();
      return await work(bound);
    });
  }

  /** This object, typed for a query builder that takes a `PGlite`: `drizzle(db.asPglite())`. It has no more methods. */
  asPglite(): PGlite {
    return this as unknown as PGlite;
  }
}
