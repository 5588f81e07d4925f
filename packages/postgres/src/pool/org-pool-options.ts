import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import type { OrgId } from '@connect-auth/isolation';
import type { PoolConfig } from 'pg';
import { type ContextMode, checkMode, defaultSchema } from '../wall/context-options.js';
import { checkIdentifier } from '../wall/quote-identifier.js';
import { resolveSealOptions, type SealOptions, type SealSettings } from '../wall/seal-options.js';

export interface OrgPoolOptions {
  /** As in `contextSql`. */
  readonly context: ContextMode;
  /** The schema in which `contextSql` created `bind_org`. Default: `app`. */
  readonly schema?: string;
  /**
   * How the organization is sealed; required with `sealed`, and allowed only there. The session is then emptied before each
   * transaction, since SQL injected for one organization could leave something there for the next. This includes prepared
   * statements.
   */
  readonly seal?: SealOptions;
  /**
   * Whether a statement and its binding are sent in one round trip. Cursors and streams never are. Default: `true`.
   */
  readonly pipeline?: boolean;
  /**
   * Returns further organizations whose rows one may read where the wall was made with `hierarchy`: those below it. Take them
   * from your own organization tree, never from the request, and do not query this pool for them. Called at each checkout.
   * Default: none.
   */
  readonly readableOrgs?: (orgId: OrgId) => readonly string[] | Promise<readonly string[]>;
  /** Configures the pool of `system()`, for migrations and jobs, with a login of its own. Default: there is none. */
  readonly system?: PoolConfig;
  /** Called with the reason at each `system()`. */
  readonly onSystem?: (reason: string) => void;
  /** Milliseconds since 1970, for the expiry of seals. Default: `Date.now`. */
  readonly now?: () => number;
}

export interface OrgPoolSettings {
  readonly schema: string;
  readonly seal: SealSettings | undefined;
  readonly pipeline: boolean;
  readonly readableOrgs: NonNullable<OrgPoolOptions['readableOrgs']>;
  readonly system: PoolConfig | undefined;
  readonly onSystem: (reason: string) => void;
  readonly now: () => number;
}

/** @throws ConfigurationError */
export function resolveOrgPoolOptions(options: OrgPoolOptions): OrgPoolSettings {
  if (typeof options !== 'object' || options === null) {
    throw new ConfigurationError('OrgPool', 'takes { context } beside the configuration of the pool');
  }
  checkKnown('', options, ['context', 'schema', 'seal', 'pipeline', 'readableOrgs', 'system', 'onSystem', 'now']);
  const { pipeline = true, readableOrgs = () => [], system, onSystem = () => undefined, now = Date.now } = options;
  if (typeof pipeline !== 'boolean') throw new ConfigurationError('pipeline', 'must be true or false');
  for (const [name, value] of Object.entries({ readableOrgs, onSystem, now })) {
    if (typeof value !== 'function') throw new ConfigurationError(name, 'must be a function');
  }
  if (system !== undefined && (typeof system !== 'object' || system === null)) {
    throw new ConfigurationError('system', 'must be the configuration of a pool');
  }
  return {
    schema: checkIdentifier('schema', options.schema ?? defaultSchema),
    seal: resolveSeal(checkMode('context', options.context), options.seal),
    pipeline,
    readableOrgs,
    system,
    onSystem,
    now,
  };
}

function resolveSeal(context: ContextMode, seal: SealOptions | undefined): SealSettings | undefined {
  if (context === 'bound') {
    if (seal !== undefined) throw new ConfigurationError('seal', 'means something in a sealed context only');
    return undefined;
  }
  return resolveSealOptions('seal', seal);
}

/**
 * Refuses options of pg that would use another class of client, or run statements without an organization.
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
