import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import type { OrgId } from '@connect-auth/isolation';
import type { PoolConfig } from 'pg';
import { type ContextMode, checkMode, defaultSchema } from '../wall/context-options.js';
import { checkIdentifier } from '../wall/quote-identifier.js';
import { checkKid, checkSealKey } from '../wall/seal-key.js';

/** How the pool seals the organization for `bind_org`. */
export interface PoolSeal {
  readonly kid: string;
  /** The key that `sealKeySql` stored under this `kid`: 32 to 64 bytes. */
  readonly key: Uint8Array;
  /** For how long a seal can be bound: it is made for one transaction. Default: 60. */
  readonly ttlSeconds?: number;
}

export interface OrgPoolOptions {
  /** As in `contextSql`. */
  readonly context: ContextMode;
  /** Where `contextSql` put `bind_org`. Default: `app`. */
  readonly schema?: string;
  /**
   * With `sealed`, and only with it. What a session keeps is then taken away before each transaction, as SQL that was injected
   * for one organization could leave it there for the next: no statement stays prepared under a name.
   */
  readonly seal?: PoolSeal;
  /**
   * Whether a statement travels in one round trip with what binds it. Cursors and streams never do. Default: `true`.
   */
  readonly pipeline?: boolean;
  /**
   * The organizations below one, whose rows it may read where the wall is made with `hierarchy`. From the server's own
   * tree, never from the request, and never by this pool. Asked at each checkout. Default: none.
   */
  readonly scope?: (orgId: OrgId) => readonly string[] | Promise<readonly string[]>;
  /** The connections of `system()`: for migrations and jobs, with a login of its own. Default: there are none. */
  readonly system?: PoolConfig;
  /** Told at each `system()` why it is asked for. Default: nobody is. */
  readonly onSystem?: (reason: string) => void;
  /** Milliseconds since 1970, for the expiry of seals. Default: `Date.now`. */
  readonly now?: () => number;
}

/** The options with their defaults, checked. */
export interface OrgPoolSettings {
  readonly schema: string;
  readonly seal: Required<PoolSeal> | undefined;
  readonly pipeline: boolean;
  readonly scope: NonNullable<OrgPoolOptions['scope']>;
  readonly system: PoolConfig | undefined;
  readonly onSystem: (reason: string) => void;
  readonly now: () => number;
}

/** @throws ConfigurationError */
export function resolveOptions(options: OrgPoolOptions): OrgPoolSettings {
  if (typeof options !== 'object' || options === null) {
    throw new ConfigurationError('OrgPool', 'takes { context } beside the configuration of the pool');
  }
  checkKnown('', options, ['context', 'schema', 'seal', 'pipeline', 'scope', 'system', 'onSystem', 'now']);
  const { pipeline = true, scope = () => [], system, onSystem = () => undefined, now = Date.now } = options;
  if (typeof pipeline !== 'boolean') throw new ConfigurationError('pipeline', 'must be true or false');
  for (const [name, value] of Object.entries({ scope, onSystem, now })) {
    if (typeof value !== 'function') throw new ConfigurationError(name, 'must be a function');
  }
  if (system !== undefined && (typeof system !== 'object' || system === null)) {
    throw new ConfigurationError('system', 'must be the configuration of a pool');
  }
  return {
    schema: checkIdentifier('schema', options.schema ?? defaultSchema),
    seal: resolveSeal(checkMode('context', options.context), options.seal),
    pipeline,
    scope,
    system,
    onSystem,
    now,
  };
}

function resolveSeal(context: ContextMode, seal: PoolSeal | undefined): Required<PoolSeal> | undefined {
  if (context === 'bound') {
    if (seal !== undefined) throw new ConfigurationError('seal', 'means something in a sealed context only');
    return undefined;
  }
  if (typeof seal !== 'object' || seal === null) {
    throw new ConfigurationError('seal', 'must be { kid, key } in a sealed context');
  }
  checkKnown('seal', seal, ['kid', 'key', 'ttlSeconds']);
  const { ttlSeconds = 60 } = seal;
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1) {
    throw new ConfigurationError('seal.ttlSeconds', 'must be a whole number of at least 1');
  }
  return { kid: checkKid('seal.kid', seal.kid), key: checkSealKey('seal.key', seal.key), ttlSeconds };
}

/**
 * Refuses what would make a connection that is not the pool's, or do something on it without an organization.
 *
 * @throws ConfigurationError
 */
export function checkPoolConfig(config: PoolConfig): PoolConfig {
  if (typeof config !== 'object' || config === null) {
    throw new ConfigurationError('OrgPool', 'takes the configuration of the pool');
  }
  for (const name of ['Client', 'onConnect', 'verify'] as const) {
    if (config[name] !== undefined) {
      throw new ConfigurationError(name, 'would go past the organization: set what a session needs at the role');
    }
  }
  if (config.pipeline !== undefined) throw new ConfigurationError('pipeline', 'belongs to the second argument');
  return config;
}
