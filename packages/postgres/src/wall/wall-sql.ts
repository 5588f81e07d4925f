import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import { defaultRuntime, defaultSchema } from './context-options.js';
import { checkIdentifier, inOneStatement, qualify, quoteIdentifier } from './quote-identifier.js';
import { replaceWall } from './wall-policies.js';

export const defaultColumn = 'org_id';

export interface WallOptions {
  readonly table: string;
  /** Default: `app`. */
  readonly schema?: string;
  /** The column of the organization, of type `text`, which must exist. Default: `org_id`. */
  readonly column?: string;
  /** The schema in which `contextSql` created its functions. Default: `app`. */
  readonly contextSchema?: string;
  /** Whether the rows of `readable_orgs()` may be read; only those of the bound organization are written. Default: `false`. */
  readonly hierarchy?: boolean;
  /** The role that the application logs in with. Default: `app_user`. */
  readonly runtime?: string;
}

/**
 * The wall of one table, as one statement: it replaces a wall without a moment in which the table has none. The column of
 * the organization becomes mandatory and defaults to the bound organization; the owner is subject to the wall, too
 * (`FORCE`); the runtime role may read and write rows, but gets no privilege that bypasses row-level security.
 *
 * It fails, and changes nothing, if the column is missing or contains NULL.
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
    ...replaceWall({ table, column, contextSchema, hierarchy }),
    `REVOKE TRUNCATE, REFERENCES, TRIGGER ON ${table} FROM PUBLIC, ${runtime}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${runtime}`,
  ];
  return inOneStatement(statements, 'wall');
}
