import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import { defaultOwner, defaultRuntime, defaultSchema } from '../wall/context-options.js';
import { checkIdentifier } from '../wall/quote-identifier.js';

export interface AuditTableOptions {
  /** The schema of the table, in which `contextSql` created its functions. Default: `app`. */
  readonly schema?: string;
  /**
   * Whether the events of each organization are chained by hashes, which shows edits and deletions. Appends for one
   * organization then wait for each other. Default: false.
   */
  readonly chain?: boolean;
  /** Owns the table and the function that appends to it. Default: `app_owner`. */
  readonly owner?: string;
  /** The role that the application logs in with: it may append and read, but not change or delete. Default: `app_user`. */
  readonly runtime?: string;
}

export type AuditTableSettings = Required<AuditTableOptions>;

/** @throws ConfigurationError */
export function resolveAuditTableOptions(options: AuditTableOptions): AuditTableSettings {
  checkKnown('', options, ['schema', 'chain', 'owner', 'runtime']);
  const { chain = false } = options;
  if (typeof chain !== 'boolean') throw new ConfigurationError('chain', 'must be true or false');
  return {
    chain,
    schema: checkIdentifier('schema', options.schema ?? defaultSchema),
    owner: checkIdentifier('owner', options.owner ?? defaultOwner),
    runtime: checkIdentifier('runtime', options.runtime ?? defaultRuntime),
  };
}
