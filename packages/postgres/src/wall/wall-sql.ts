import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import { defaultRuntime, defaultSchema } from './context-options.js';
import { checkIdentifier, inOneStatement, qualify, quoteIdentifier } from './quote-identifier.js';
import { wallPolicies, wallPolicyNames } from './wall-policies.js';

export const defaultColumn = 'org_id';

export interface WallOptions {
  readonly table: string;
  /** Default: `app`. */
  readonly schema?: string;
  /** The column of the organization, of type `text`. It must be there. Default: `org_id`. */
  readonly column?: string;
  /** Where `contextSql` put its functions. Default: `app`. */
  readonly contextSchema?: string;
  /** Whether the organizations below may be read; writing stays with the one that is bound. Default: `false`. */
  readonly hierarchy?: boolean;
  /** The role that the application logs in with. Default: `app_user`. */
  readonly runtime?: string;
}

/**
 * The wall of one table, as one statement: the table is never without it while it is replaced. The organization becomes
 * mandatory and defaults to the one that is bound; the owner obeys, too (`FORCE`); the runtime role may read and write
 * rows, and nothing that steps over row-level security.
 *
 * It fails, and changes nothing, where the column is missing or holds NULL.
 *
 * @throws ConfigurationError for an option that is unknown or not a name
 */
export function wallSql(options: WallOptions): string {
  checkKnown('', options, ['table', 'schema', 'column', 'contextSchema', 'hierarchy', 'runtime']);
  const { hierarchy = false } = options;
  if (typeof hierarchy !== 'boolean') throw new ConfigurationError('hierarchy', 'must be true or false');
  const schema = checkIdentifier('schema', options.schema ?? defaultSchema);
  const table = qualify(schema, checkIdentifier('table', options.table));
  const column = checkIdentifier('column', options.column ?? defaultColumn);
  const contextSchema = checkIdentifier('contextSchema', options.contextSchema ?? defaultSchema);
  const runtime = quoteIdentifier(checkIdentifier('runtime', options.runtime ?? defaultRuntime));
  const org = quoteIdentifier(column);
  const statements = [
    `ALTER TABLE ${table} ALTER COLUMN ${org} SET NOT NULL, ALTER COLUMN ${org} SET DEFAULT ${qualify(contextSchema, 'org_id')}()`,
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
    ...Object.values(wallPolicyNames).map((name) => `DROP POLICY IF EXISTS ${name} ON ${table}`),
    ...wallPolicies({ table, column, contextSchema, hierarchy }),
    `REVOKE TRUNCATE, REFERENCES, TRIGGER ON ${table} FROM PUBLIC, ${runtime}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${runtime}`,
  ];
  return inOneStatement(statements, 'wall');
}
