import { auditTableSql, contextSql, orgUniqueSql, rolesSql, wallSql } from '@connect-auth/postgres';
import pg from 'pg';
import type { Roles } from 'walled-database';

/** SQL for all tables, each behind its wall. Run as an administrator; run again, it changes nothing. */
export const schemaSql = (roles: Roles): string =>
  [
    // Two processes that start at the same time would collide.
    "SELECT pg_advisory_xact_lock(hashtext('express-api: schema'));",
    rolesSql(roles),
    contextSql(roles),
    'CREATE TABLE IF NOT EXISTS app.project (org_id text, id text NOT NULL, name text NOT NULL);',
    `ALTER TABLE app.project OWNER TO ${pg.escapeIdentifier(roles.owner)};`,
    wallSql({ table: 'project', runtime: roles.runtime }),
    orgUniqueSql({ table: 'project', columns: ['id'] }),
    auditTableSql(roles),
  ].join('\n');
