import { findContextHoles } from '../verify/context-holes.js';
import { contextSql } from '../wall/context-sql.js';
import { rolesSql } from '../wall/roles-sql.js';
import { wallSql } from '../wall/wall-sql.js';
import type { Command, CommandCall } from './command.js';
import { planKeys } from './plan-keys.js';
import { type PlanSettings, resolvePlanOptions } from './plan-options.js';
import { type PlannedTable, readPlannedTables } from './planned-table.js';
import { toSqlComment } from './to-sql-comment.js';

/** `plan`: prints the SQL that leads from the catalog as it is to tables with walls, as one transaction. Runs none of it. */
export const planWalls: Command = async (call) => {
  const settings = await resolvePlanOptions(call);
  const tables = await readPlannedTables(call.client, settings);
  const steps = [
    ...(await planRoles(call, settings)),
    ...(await planContext(call, settings)),
    ...tables.flatMap((table) => planTable(table, settings)),
    ...(await planKeys(call.client, settings)),
  ];
  if (steps.some((step) => !isComment(step))) call.print(['BEGIN;', ...steps, 'COMMIT;'].join('\n\n'));
  else call.print([...steps, '-- Nothing is missing.'].join('\n'));
  return 0;
};

const isComment = (step: string): boolean => step.startsWith('--');

async function planRoles({ client }: CommandCall, { context: { owner, runtime } }: PlanSettings): Promise<string[]> {
  const { rows } = await client.query(
    `SELECT FROM pg_catalog.pg_roles WHERE rolname = ANY ($1::text[])
       AND NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)`,
    [[owner, runtime]],
  );
  return rows.length === 2 ? [] : [rolesSql({ owner, runtime })];
}

async function planContext({ client }: CommandCall, { context }: PlanSettings): Promise<string[]> {
  // For a role that does not exist the catalog returns nothing, so that everything counts as missing.
  const holes = await findContextHoles(client, context, context.runtime);
  const { rows } = await client.query(
    `SELECT FROM pg_catalog.pg_namespace, pg_catalog.pg_roles
     WHERE nspname = $1 AND rolname = $2 AND pg_catalog.has_schema_privilege(rolname, nspname::text, 'USAGE')`,
    [context.schema, context.runtime],
  );
  return holes.length === 0 && rows.length === 1 ? [] : [contextSql(context)];
}

function planTable(table: PlannedTable, { schema, column, hierarchy, context }: PlanSettings): string[] {
  if (!table.hasColumn) {
    return [toSqlComment(`${table.object} has no ${column}: add it, set it to the owner of each row, and plan again.`)];
  }
  const wall = {
    schema,
    table: table.name,
    column,
    contextSchema: context.schema,
    hierarchy,
    runtime: context.runtime,
  };
  return [
    ...(table.hasWall ? [] : [wallSql(wall)]),
    ...(table.hasIndex ? [] : [`CREATE INDEX ON ${table.object} (${table.quotedColumn});`]),
  ];
}
