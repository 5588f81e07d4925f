import { ConfigurationError } from '@connect-auth/core';
import type pg from 'pg';
import type { FindingCode } from '../verify/finding.js';
import { verifyWalls } from '../verify/verify-walls.js';
import { wallPolicyNames } from '../wall/wall-policies.js';
import type { PlanSettings } from './plan-options.js';

export interface PlannedTable {
  readonly name: string;
  /** Qualified, and quoted where necessary. */
  readonly object: string;
  readonly quotedColumn: string;
  readonly hasColumn: boolean;
  /** Whether it already has the planned wall, with its default and grants. */
  readonly hasWall: boolean;
  readonly hasIndex: boolean;
}

interface TableState {
  readonly name: string;
  readonly object: string;
  readonly column: string;
  readonly has_column: boolean;
  readonly has_default: boolean;
  readonly has_index: boolean;
  readonly policies: readonly string[];
  readonly is_granted: boolean;
}

const statesSql = `
SELECT class.relname::text AS name, pg_catalog.format('%I.%I', space.nspname, class.relname) AS object,
       pg_catalog.quote_ident($3) AS column, org.attnum IS NOT NULL AS has_column,
       coalesce(pg_catalog.pg_get_expr(value.adbin, value.adrelid) IN ('org_id()', pg_catalog.quote_ident($4) || '.org_id()'), false) AS has_default,
       ARRAY(SELECT polname::text FROM pg_catalog.pg_policy WHERE polrelid = class.oid) AS policies,
       EXISTS (SELECT FROM pg_catalog.pg_index AS index
               WHERE index.indrelid = class.oid AND index.indkey[0] = org.attnum AND index.indpred IS NULL) AS has_index,
       EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = $5
               AND pg_catalog.has_table_privilege(oid, class.oid, 'SELECT') AND pg_catalog.has_table_privilege(oid, class.oid, 'INSERT')
               AND pg_catalog.has_table_privilege(oid, class.oid, 'UPDATE') AND pg_catalog.has_table_privilege(oid, class.oid, 'DELETE')) AS is_granted
FROM pg_catalog.pg_class AS class JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace
LEFT JOIN pg_catalog.pg_attribute AS org
  ON org.attrelid = class.oid AND org.attname = $3 AND org.attnum > 0 AND NOT org.attisdropped
LEFT JOIN pg_catalog.pg_attrdef AS value ON value.adrelid = class.oid AND value.adnum = org.attnum
WHERE class.relkind IN ('r', 'p') AND space.nspname = $1 AND class.relname = ANY ($2::text[])`;

/** Findings that `wallSql` resolves. */
const wallCodes: readonly FindingCode[] = [
  'TENANT_NULLABLE',
  'RLS_OFF',
  'RLS_NOT_FORCED',
  'PARTITION_GRANTED',
  'NO_RESTRICTIVE_WALL',
  'TRUNCATE_GRANTED',
  'REFERENCES_GRANTED',
  'TRIGGER_GRANTED',
];

/** Reads the tables, in the order in which they were named. @throws ConfigurationError for one that does not exist */
export async function readPlannedTables(client: pg.Client, settings: PlanSettings): Promise<readonly PlannedTable[]> {
  const { tables, schema, column, context, hierarchy } = settings;
  const values = [schema, tables, column, context.schema, context.runtime];
  const states = (await client.query<TableState>(statesSql, values)).rows;
  // A role that does not exist yet can reach nothing.
  const { findings } = states.some(({ is_granted }) => is_granted)
    ? await verifyWalls(client, { schemas: [schema], column, role: context.runtime, context: false })
    : { findings: [] };
  return tables.map((name) => {
    const state = states.find((one) => one.name === name);
    if (state === undefined)
      throw new ConfigurationError('tables', `names a table that does not exist in ${schema}: ${name}`);
    const isOpen = findings.some(({ code, object }) => object === state.object && wallCodes.includes(code));
    const wanted = hierarchy ? wallPolicyNames.select : wallPolicyNames.all;
    const hasPolicies = state.policies.includes(wallPolicyNames.base) && state.policies.includes(wanted);
    return {
      name,
      object: state.object,
      quotedColumn: state.column,
      hasColumn: state.has_column,
      hasWall: !isOpen && hasPolicies && state.has_default && state.is_granted,
      hasIndex: state.has_index,
    };
  });
}
