import { ConfigurationError } from '@connect-auth/core';
import { checkKnown } from '@connect-auth/core/adapter';
import { addConstraintSql, nameConstraint } from './add-constraint-sql.js';
import { defaultSchema } from './context-options.js';
import { checkColumns } from './org-unique-sql.js';
import { checkIdentifier, qualify, quoteIdentifier } from './quote-identifier.js';
import { defaultColumn } from './wall-sql.js';

/** What happens to the referencing rows when the referenced row is deleted. */
export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null';

export interface CompositeForeignKeyOptions {
  readonly table: string;
  /** The referencing columns, without the organization. */
  readonly columns: readonly string[];
  readonly references: {
    readonly table: string;
    /** The referenced columns, unique together with the organization: see `orgUniqueSql`. */
    readonly columns: readonly string[];
    /** Default: the schema of the referencing table. */
    readonly schema?: string;
    /** The column of the organization in that table. Default: as in the referencing table. */
    readonly column?: string;
  };
  /** Default: `app`. */
  readonly schema?: string;
  /** The column of the organization. Default: `org_id`. */
  readonly column?: string;
  /** Default: `no action`. */
  readonly onDelete?: ReferentialAction;
  /** The name of the constraint. Default: made from the table and its columns. */
  readonly name?: string;
}

/**
 * A foreign key with the organization on both sides. Referential integrity checks bypass row-level security (PostgreSQL,
 * "Row Security Policies"): without the organization, a row can reference one of another organization, and the answer tells
 * whether that exists.
 *
 * @throws ConfigurationError
 */
export function compositeForeignKeySql(options: CompositeForeignKeyOptions): string {
  checkKnown('', options, ['table', 'columns', 'references', 'schema', 'column', 'onDelete', 'name']);
  const { references, onDelete = 'no action' } = options;
  if (typeof references !== 'object' || references === null) {
    throw new ConfigurationError('references', 'must name a table and its columns');
  }
  checkKnown('references', references, ['table', 'columns', 'schema', 'column']);
  const schema = checkIdentifier('schema', options.schema ?? defaultSchema);
  const table = checkIdentifier('table', options.table);
  const org = checkIdentifier('column', options.column ?? defaultColumn);
  const columns = checkColumns('columns', options.columns, org);
  const targetOrg = checkIdentifier('references.column', references.column ?? org);
  const target = {
    table: qualify(
      checkIdentifier('references.schema', references.schema ?? schema),
      checkIdentifier('references.table', references.table),
    ),
    columns: checkColumns('references.columns', references.columns, targetOrg),
  };
  if (target.columns.length !== columns.length) {
    throw new ConfigurationError('references.columns', 'must be as many as the columns that refer to them');
  }
  return addConstraintSql({
    table: qualify(schema, table),
    name: checkIdentifier('name', options.name ?? nameConstraint([table, org, ...columns, 'fkey'])),
    definition: `FOREIGN KEY (${listNames([org, ...columns])}) REFERENCES ${target.table} (${listNames([targetOrg, ...target.columns])})${onDeleteSql(onDelete, columns)}`,
  });
}

const listNames = (names: readonly string[]): string => names.map(quoteIdentifier).join(', ');

function onDeleteSql(onDelete: ReferentialAction, columns: readonly string[]): string {
  const actions: Readonly<Record<ReferentialAction, string>> = {
    'no action': '',
    restrict: ' ON DELETE RESTRICT',
    cascade: ' ON DELETE CASCADE',
    // A list of columns, so that the row keeps its organization (PostgreSQL 15, CREATE TABLE).
    'set null': ` ON DELETE SET NULL (${listNames(columns)})`,
  };
  if (!Object.hasOwn(actions, onDelete)) {
    throw new ConfigurationError('onDelete', `must be one of ${Object.keys(actions).join(', ')}`);
  }
  return actions[onDelete];
}
