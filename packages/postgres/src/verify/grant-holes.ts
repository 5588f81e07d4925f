import { isSuperuserSql } from './is-superuser-sql.js';

const grantHole = (privilege: string, test: string, detail: string): string =>
  `SELECT '${privilege}_GRANTED', object, '${detail}'
   FROM reachable_table, setting WHERE EXISTS (SELECT FROM identity WHERE ${test}) AND NOT ${isSuperuserSql}`;

/** Privileges that row-level security does not restrict. A superuser has them all: for it, ROLE_BYPASS alone is reported. */
export const grantHoles: readonly string[] = [
  grantHole(
    'TRUNCATE',
    "pg_catalog.has_table_privilege(identity.oid, reachable_table.oid, 'TRUNCATE')",
    'TRUNCATE empties the table of all organizations',
  ),
  grantHole(
    'REFERENCES',
    "pg_catalog.has_any_column_privilege(identity.oid, reachable_table.oid, 'REFERENCES')",
    'a foreign key of its own can ask which keys there are',
  ),
  grantHole(
    'TRIGGER',
    "pg_catalog.has_table_privilege(identity.oid, reachable_table.oid, 'TRIGGER')",
    'a trigger of its own sees the rows of others being written',
  ),
  // CASE keeps the planner from testing the privilege on relations that are not sequences, which is an error.
  `SELECT 'SEQUENCE_READABLE', pg_catalog.format('%I.%I', space.nspname, class.relname), 'its last value tells how much others write'
   FROM setting, pg_catalog.pg_class AS class JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace
   WHERE space.nspname = ANY (schemas::name[]) AND NOT ${isSuperuserSql}
     AND CASE WHEN class.relkind = 'S' THEN EXISTS (
       SELECT FROM identity WHERE pg_catalog.has_sequence_privilege(identity.oid, class.oid, 'SELECT')) ELSE false END`,
];
