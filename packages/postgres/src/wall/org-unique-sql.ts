import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkTexts } from '@connect-auth/core/adapter';
import { addConstraintSql, nameConstraint } from './add-constraint-sql.js';
import { defaultSchema } from './context-options.js';
import { checkIdentifier, qualify, quoteIdentifier } from './quote-identifier.js';
import { defaultColumn } from './wall-sql.js';

export interface OrgUniqueOptions {
  readonly table: string;
  /** The columns that are unique within one organization. */
  readonly columns: readonly string[];
  /** Default: `app`. */
  readonly schema?: string;
  /** The column of the organization. Default: `org_id`. */
  readonly column?: string;
  /** The name of the constraint. Default: made from the table and its columns. */
  readonly name?: string;
}

/**
 * A unique constraint that begins with the organization. Without the organization, an insert that fails tells the caller
 * what other organizations have. The constraint is also the target of composite foreign keys, and an index for the wall.
 *
 * @throws ConfigurationError
 */
export function orgUniqueSql(options: OrgUniqueOptions): string {
  checkKnown('', options, ['table', 'columns', 'schema', 'column', 'name']);
  const schema = checkIdentifier('schema', options.schema ?? defaultSchema);
  const table = checkIdentifier('table', options.table);
  const org = checkIdentifier('column', options.column ?? defaultColumn);
  const columns = checkColumns('columns', options.columns, org);
  const name = checkIdentifier('name', options.name ?? nameConstraint([table, org, ...columns, 'key']));
  return addConstraintSql({
    table: qualify(schema, table),
    name,
    definition: `UNIQUE (${[org, ...columns].map(quoteIdentifier).join(', ')})`,
  });
}

/** @throws ConfigurationError unless it is a list of columns without that of the organization */
export function checkColumns(option: string, value: unknown, org: string): readonly string[] {
  const columns = checkTexts(option, value).map((name, at) => checkIdentifier(`${option}[${at}]`, name));
  if (columns.length === 0) throw new ConfigurationError(option, 'must name a column');
  if (columns.includes(org)) {
    throw new ConfigurationError(option, 'must not name the column of the organization, which is put in front');
  }
  return columns;
}
