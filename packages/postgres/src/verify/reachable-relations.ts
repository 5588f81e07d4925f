import { derivedRelations } from './derived-relations.js';

/**
 * The beginning of every catalog query. `$1` the schemas, `$2` the column of the organization, `$3` the role, `$4` the tables
 * without an organization, `$5` the schema of the context functions.
 *
 * Column privileges count, which `has_table_privilege` does not see; so do those of roles that the role may become, and of
 * the login behind a `SET ROLE`. Roles that a superuser may become are left out: ROLE_BYPASS and ROLE_MEMBER_BYPASS report it.
 *
 * `is_named`: in one of the schemas. A relation elsewhere is reachable only with USAGE on its schema.
 *
 * `written`: the reachable tables and those that receive their rows, which are their partitions and children.
 */
export const reachableRelations = `
WITH setting AS (
  SELECT $1::text[] AS schemas, $2::text::name AS org_column, $3::text::name AS verified_role, $4::text[] AS global_tables,
         $5::text AS context_schema
),${derivedRelations},
relation AS (
  SELECT class.oid, class.relkind AS kind, class.relrowsecurity AS is_enabled, class.relforcerowsecurity AS is_forced,
         class.relispartition AS is_partition, class.relowner AS owner, class.reloptions AS options,
         space.oid AS space_oid, space.nspname = ANY ((SELECT schemas FROM setting)::name[]) AS is_named,
         pg_catalog.format('%I.%I', space.nspname, class.relname) AS object,
         org.attnum AS org_number, org.attnotnull AS is_mandatory
  FROM pg_catalog.pg_class AS class
  JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace
  LEFT JOIN pg_catalog.pg_attribute AS org
    ON org.attrelid = class.oid AND org.attnum > 0 AND NOT org.attisdropped
   AND org.attname = (SELECT org_column FROM setting)
  WHERE class.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND (space.nspname = ANY ((SELECT schemas FROM setting)::name[]) OR class.oid IN (SELECT oid FROM derived))
),
identity AS (
  SELECT oid FROM setting, pg_catalog.pg_roles
  WHERE pg_catalog.pg_has_role(verified_role, oid, 'MEMBER')
     OR (verified_role = current_user AND pg_catalog.pg_has_role(session_user, oid, 'MEMBER')
         AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS login WHERE login.rolname = session_user AND login.rolsuper))
),
reachable AS (
  SELECT relation.* FROM relation WHERE EXISTS (
    SELECT FROM identity
    WHERE (is_named OR pg_catalog.has_schema_privilege(identity.oid, space_oid, 'USAGE'))
      AND (pg_catalog.has_any_column_privilege(identity.oid, relation.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
           OR pg_catalog.has_table_privilege(identity.oid, relation.oid, 'DELETE, TRUNCATE, TRIGGER')))
),
reachable_table AS (SELECT * FROM reachable WHERE kind IN ('r', 'p')),
written AS (
  SELECT * FROM reachable
  UNION
  SELECT relation.* FROM relation WHERE relation.oid IN (
    WITH RECURSIVE below AS (
      SELECT inhrelid FROM pg_catalog.pg_inherits WHERE inhparent IN (SELECT oid FROM reachable_table)
      UNION
      SELECT next.inhrelid FROM pg_catalog.pg_inherits AS next JOIN below ON next.inhparent = below.inhrelid)
    SELECT inhrelid FROM below)
)`;
