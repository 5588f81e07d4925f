import { ConfigurationError } from '@connect-auth/core';
import { checkText, checkTexts, runOutsideFrames } from '@connect-auth/core/adapter';
import { findCurrentOrg, OrgContextError, type OrgId } from '@connect-auth/isolation';
import pg, { type PoolClient, type PoolConfig } from 'pg';
import { type Binding, bindingOf } from './binding.js';
import { OrgClient } from './org-client.js';
import { checkPoolConfig, type OrgPoolOptions, type OrgPoolSettings, resolveOptions } from './org-pool-options.js';
import { OrgSession } from './org-session.js';
import { prepareReturn } from './return-client.js';

type ConnectCallback = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: (release?: Error | boolean) => void,
) => void;

/** What a server says about itself, without a word about anybody's rows. */
export interface ServerDescription {
  readonly version: string;
  readonly database: string;
  readonly schema: string | null;
}

/**
 * A `pg.Pool` whose every statement runs in a transaction that the organization of the frame is bound to. To be used as
 * one, by hand or below a query builder or an ORM. It keeps nothing in a session, and so works behind a pooler of
 * transactions; there, give no statement a name (PgBouncer knows them from 1.21 on).
 *
 * - Without a frame nothing is sent: `query()` and `connect()` reject with `OrgContextError`.
 * - A client belongs to the organization it was checked out for, until it is released. In another frame, or in none, it
 *   refuses.
 * - A statement outside of a transaction gets one of its own; one that fails, or whose COMMIT does, is rejected with
 *   PostgreSQL's error. Statements that need to be outside of any (VACUUM) go through `system()`.
 * - What would undo the binding, or stay in the session, is refused: `RefusedStatementError`.
 * - A client that is released within a transaction is rolled back, and one that still runs a query is thrown away.
 *
 * An idle connection that breaks is replaced; listen to `error` to know of it.
 */
export class OrgPool extends pg.Pool {
  readonly #settings: OrgPoolSettings;
  #system: pg.Pool | undefined;

  /** @throws ConfigurationError for an option that is unknown, missing or means nothing */
  constructor(config: PoolConfig, options: OrgPoolOptions) {
    const settings = resolveOptions(options);
    super({ ...checkPoolConfig(config), Client: OrgClient });
    this.#settings = settings;
    this.on('error', () => undefined);
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<PoolClient> | undefined {
    const connected = this.#connect();
    if (callback === undefined) return connected;
    // Reactions to a promise run in the frame that they were added in: that of whoever calls.
    connected.then(
      (client) => process.nextTick(callback, undefined, client, (reason?: Error | boolean) => client.release(reason)),
      (error: Error) => process.nextTick(callback, error, undefined, () => undefined),
    );
    return undefined;
  }

  /**
   * The pool without a wall, of the login that `system` configures: for migrations, jobs and what cannot run in a
   * transaction.
   *
   * @param reason why, for whoever reads the code, and for `onSystem`
   * @throws ConfigurationError if the options have no `system`
   */
  system(reason: string): pg.Pool {
    checkText('system', reason);
    if (this.#settings.system === undefined) throw new ConfigurationError('system', 'is not configured');
    this.#settings.onSystem(reason);
    this.#system ??= new pg.Pool(this.#settings.system).on('error', () => undefined);
    return this.#system;
  }

  /** Asks the server who it is. It needs no organization: for health checks, and for ORMs that ask while they start. */
  async describeServer(): Promise<ServerDescription> {
    const client = await this.#checkOut();
    let failure: Error | undefined;
    try {
      const { rows } = await client.wire.send(
        'select version() as version, current_database() as database, current_schema() as schema',
      );
      return rows[0] as ServerDescription;
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
    const binding = bindingOf(this.#settings, orgId, checkTexts('scope', await this.#settings.scope(orgId)));
    return this.#lend(await this.#checkOut(), orgId, binding);
  }

  /** A connection outlives the frame in which it happens to be made, and must not take it along. */
  #checkOut(): Promise<PoolClient & OrgClient> {
    return runOutsideFrames(() => super.connect()) as Promise<PoolClient & OrgClient>;
  }

  #lend(client: PoolClient & OrgClient, orgId: OrgId, binding: Binding): PoolClient {
    const { pipeline, seal } = this.#settings;
    client.lend(new OrgSession(client.wire, { orgId, binding, pipelines: pipeline, isSealed: seal !== undefined }));
    client.release = prepareReturn(client, client.release.bind(client));
    return client;
  }
}
