import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import { boundContext } from './bound-context.js';
import type { ContextFunction } from './context-function.js';
import { checkIdentifier } from './quote-identifier.js';
import { sealedContext } from './sealed-context.js';

/**
 * `bound`: the organization is bound to the transaction. `sealed`: it also carries a seal (HMAC-SHA256), so that injected SQL
 * cannot choose another.
 */
export type ContextMode = 'bound' | 'sealed';

export interface ContextOptions {
  /** The schema of `bind_org`, `org_id` and `readable_orgs`. Default: `app`. */
  readonly schema?: string;
  /** Default: `bound`. */
  readonly mode?: ContextMode;
  /** With `sealed`: the schema of the keys, which the application cannot reach. Default: `app_private`. */
  readonly privateSchema?: string;
  /** Owns the functions and the keys; cannot log in. Default: `app_owner`. */
  readonly owner?: string;
  /** The role that the application logs in with. Default: `app_user`. */
  readonly runtime?: string;
}

export type ContextSettings = Required<ContextOptions>;

export const defaultSchema = 'app';
export const defaultPrivateSchema = 'app_private';
export const defaultOwner = 'app_owner';
export const defaultRuntime = 'app_user';

/** @throws ConfigurationError */
export function resolveContextOptions(options: ContextOptions): ContextSettings {
  checkKnown('', options, ['schema', 'mode', 'privateSchema', 'owner', 'runtime']);
  const settings = {
    schema: checkIdentifier('schema', options.schema ?? defaultSchema),
    mode: checkMode('mode', options.mode ?? 'bound'),
    privateSchema: checkIdentifier('privateSchema', options.privateSchema ?? defaultPrivateSchema),
    owner: checkIdentifier('owner', options.owner ?? defaultOwner),
    runtime: checkIdentifier('runtime', options.runtime ?? defaultRuntime),
  };
  if (settings.schema === settings.privateSchema) {
    throw new ConfigurationError('privateSchema', 'must be another schema than the one of the functions');
  }
  if (settings.owner === settings.runtime) {
    throw new ConfigurationError('runtime', 'must be another role than the owner, who can take the walls down');
  }
  return settings;
}

export function checkMode(option: string, value: unknown): ContextMode {
  if (value !== 'bound' && value !== 'sealed') throw new ConfigurationError(option, 'must be bound or sealed');
  return value;
}

/** The functions of a mode, in the order in which they are created. */
export const contextFunctions = (
  mode: ContextMode,
  schemas: { readonly schema: string; readonly privateSchema: string },
): readonly ContextFunction[] => (mode === 'sealed' ? sealedContext(schemas) : boundContext(schemas.schema));
