import { ConfigurationError } from '@connect-auth/core';
import { checkText, checkTexts, runOutsideFrames } from '@connect-auth/core/adapter';
import { findCurrentOrg, OrgContextError, type OrgId } from '@connect-auth/isolation';
import pg, { type PoolClient, type PoolConfig } from 'pg';
import { type Binding, bindingOf } from './binding.js';
import { OrgClient } from './org-client.js';
import {
  checkPoolConfig,
  type OrgPoolOptions,
  type OrgPoolSettings,
  resolveOrgPoolOptions,
} from './org-pool-options.js';
import { OrgSession } from './org-session.js';
import { createRelease } from './release-client.js';

type ConnectCallback = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: (release?: Error | boolean) => void,
) => void;

/** Facts about the server and the connection, none of which depends on anybody's rows. */
export interface PostgresServerInfo {
  readonly version: string;
  readonly database: string;
  readonly schema: string | null;
}

/**
 * A `pg.Pool` that runs every statement in a transaction bound to the organization of the frame. Use it like a `pg.Pool`,
 * directly or below a query builder or an ORM. It keeps nothing in a session, and so works behind a pooler in transaction
 * mode; there, do not name statements (PgBouncer supports that from 1.21 on).
 *
 * - Without a frame nothing is sent: `query()` and `connect()` reject with `OrgContextError`.
 * - A client belongs to the organization that checked it out, until it is released. It rejects queries in any other frame,
 *   and in none.
 * - A statement outside a transaction block gets a transaction of its own. If it or its COMMIT fails, the query rejects
 *   with PostgreSQL's error. Statements that cannot run in a transaction (VACUUM) go through `system()`.
 * - Statements that would undo the binding, or leave something in the session, are rejected with `RefusedStatementError`.
 * - A client that is released within a transaction is rolled back; one that still runs a query is discarded.
 *
 * An idle connection that breaks is replaced; listen for `error` to learn of it.
 */
export class OrgPool extends pg.Pool {
  readonly #settings: OrgPoolSettings;
  #system: pg.Pool | undefined;

  /** @throws ConfigurationError for an option that is unknown, missing or invalid */
  constructor(config: PoolConfig, options: OrgPoolOptions) {
    const settings = resolveOrgPoolOptions(options);
    super({ ...checkPoolConfig(config), Client: OrgClient });
    this.#settings = settings;
    this.on('error', () => undefined);
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<PoolClient> | undefined {
    const connected = this.#connect();
    if (callback === undefined) return connected;
    // Promise reactions run in the frame in which they were added: the caller's.
    connected.then(
      (client) => process.nextTick(callback, undefined, client, (reason?: Error | boolean) => client.release(reason)),
      (error: Error) => process.nextTick(callback, error, undefined, () => undefined),
    );
    return undefined;
  }

  /**
   * Returns a plain pool with the login that the option `system` configures, for migrations, jobs and statements that cannot
   * run in a transaction.
   *
   * @param reason for the reader of the code, and for `onSystem`
   * @throws ConfigurationError if the options have no `system`
   */
  system(reason: string): pg.Pool {
    checkText('system', reason);
    if (this.#settings.system === undefined) throw new ConfigurationError('system', 'is not configured');
    this.#settings.onSystem(reason);
    this.#system ??= new pg.Pool(this.#settings.system).on('error', () => undefined);
    return this.#system;
  }

  /** Needs no organization: for health checks, and for ORMs that query the server's version while they start. */
  async describeServer(): Promise<PostgresServerInfo> {
    const client = await this.#checkOut();
    let failure: Error | undefined;
    try {
      const { rows } = await client.raw.send(
        'select version() as version, current_database() as database, current_schema() as schema',
      );
      return rows[0] as PostgresServerInfo;
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      client.release(failure);
    }
  }

  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | undefined {
    const ended = Promise.all([super.end(), this.#system?.end()]).then(() => undefined);
    if (callback === undefined) return ended;
    ended.then(callback, callback);
    return undefined;
  }

  async #connect(): Promise<PoolClient> {
    const orgId = findCurrentOrg();
    if (orgId === undefined) throw new OrgContextError('org_context_missing');
    const readableOrgs = checkTexts('readableOrgs', await this.#settings.readableOrgs(orgId));
    const binding = bindingOf(this.#settings, orgId, readableOrgs);
    return this.#beginSession(await this.#checkOut(), orgId, binding);
  }

  /** Outside any frame: a connection outlives the frame in which it happens to be opened, and must not capture it. */
  #checkOut(): Promise<PoolClient & OrgClient> {
    return runOutsideFrames(() => super.connect()) as Promise<PoolClient & OrgClient>;
  }

  #beginSession(client: PoolClient & OrgClient, orgId: OrgId, binding: Binding): PoolClient {
    const { pipeline, seal } = this.#settings;
    client.beginSession(new OrgSession(client.raw, { orgId, binding, pipeline, isSealed: seal !== undefined }));
    client.release = createRelease(client, client.release.bind(client));
    return client;
  }
}
