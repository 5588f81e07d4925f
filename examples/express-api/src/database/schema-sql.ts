import { auditTableSql, contextSql, orgUniqueSql, rolesSql, wallSql } from '@connect-auth/postgres';
import pg from 'pg';
import type { Roles } from 'walled-database';

/** All tables, each behind its wall. To be run by an administrator; again, it changes nothing. */
export const schemaSql = (roles: Roles): string =>
  [
    // Two that start at once would stumble over each other.
    "SELECT pg_advisory_xact_lock(hashtext('express-api: schema'));",
    rolesSql(roles),
    contextSql(roles),
    'CREATE TABLE IF NOT EXISTS app.project (org_id text, id text NOT NULL, name text NOT NULL);',
    `ALTER TABLE app.project OWNER TO ${pg.escapeIdentifier(roles.owner)};`,
    wallSql({ table: 'project', runtime: roles.runtime }),
    orgUniqueSql({ table: 'project', columns: ['id'] }),
    auditTableSql(roles),
  ].join('\n');
