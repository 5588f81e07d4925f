import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import { defaultOwner, defaultRuntime, defaultSchema } from '../wall/context-options.js';
import { checkIdentifier } from '../wall/quote-identifier.js';

export interface AuditTableOptions {
  /** Where the table is, and the functions of `contextSql`. Default: `app`. */
  readonly schema?: string;
  /**
   * Chains the events of each organization by hashes, so that an edit and a deletion are found. Appending then waits for
   * its turn within the organization. Default: false.
   */
  readonly chain?: boolean;
  /** Owns the table, and the function that appends. Default: `app_owner`. */
  readonly owner?: string;
  /** The role that the application logs in with: it may append and read, and neither change nor remove. Default: `app_user`. */
  readonly runtime?: string;
}

export type AuditTableSettings = Required<AuditTableOptions>;

/** @throws ConfigurationError */
export function readAuditTableOptions(options: AuditTableOptions): AuditTableSettings {
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
