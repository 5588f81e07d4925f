import {
  auditTableSql,
  compositeForeignKeySql,
  contextSql,
  orgUniqueSql,
  rolesSql,
  wallSql,
} from '@connect-auth/postgres';
import pg from 'pg';
import type { Roles } from 'walled-database';

/** SQL for all tables, each behind its wall. Run as an administrator; run again, it changes nothing. */
export const schemaSql = ({ owner, runtime }: Roles): string =>
  [
    // Two processes that start at the same time would collide.
    "SELECT pg_advisory_xact_lock(hashtext('nest-api: schema'));",
    rolesSql({ owner, runtime }),
    contextSql({ owner, runtime }),
    `CREATE TABLE IF NOT EXISTS app.project (
      org_id text,
      id text NOT NULL DEFAULT 'project_' || gen_random_uuid(),
      name text NOT NULL
    );
    CREATE TABLE IF NOT EXISTS app.task (
      org_id text,
      id text NOT NULL DEFAULT 'task_' || gen_random_uuid(),
      project_id text NOT NULL,
      name text NOT NULL,
      taken_by text
    );`,
    ...['project', 'task'].flatMap((table) => [
      `ALTER TABLE app.${table} OWNER TO ${pg.escapeIdentifier(owner)};`,
      // From here on a row belongs to the bound organization by default, and no statement has to name it.
      wallSql({ table, runtime }),
      orgUniqueSql({ table, columns: ['id'] }),
    ]),
    compositeForeignKeySql({
      table: 'task',
      columns: ['project_id'],
      references: { table: 'project', columns: ['id'] },
      onDelete: 'cascade',
    }),
    'CREATE INDEX IF NOT EXISTS task_project ON app.task (org_id, project_id);',
    auditTableSql({ owner, runtime }),
  ].join('\n');
