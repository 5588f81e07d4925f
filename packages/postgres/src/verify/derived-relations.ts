/**
 * The relations, in any schema, that can show rows of the named schemas: tables that inherit from the tables there, tables
 * that these inherit from, views over any of them, views over those views. What a function reads is not followed, since the
 * catalog does not record it. `global_tables` are left out: they hold nothing to keep apart.
 *
 * Both parents and children, since only the policies of the table named in a query apply (PostgreSQL, "Inheritance").
 */
export const derivedRelations = `
derived AS (
  WITH RECURSIVE below AS (
    SELECT class.oid FROM setting, pg_catalog.pg_class AS class
    JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace
    WHERE space.nspname = ANY (schemas::name[]) AND class.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND pg_catalog.format('%I.%I', space.nspname, class.relname) <> ALL (global_tables)
    UNION
    SELECT heir.inhrelid FROM pg_catalog.pg_inherits AS heir JOIN below ON heir.inhparent = below.oid
  ),
  shown AS (
    SELECT oid FROM below
    UNION
    SELECT step.shows FROM shown JOIN (
      SELECT inhrelid AS source, inhparent AS shows FROM pg_catalog.pg_inherits
      UNION ALL
      SELECT needs.refobjid, rule.ev_class FROM pg_catalog.pg_depend AS needs
      JOIN pg_catalog.pg_rewrite AS rule ON rule.oid = needs.objid
      JOIN pg_catalog.pg_class AS seen ON seen.oid = rule.ev_class AND seen.relkind IN ('v', 'm')
      WHERE needs.classid = 'pg_catalog.pg_rewrite'::regclass::oid
        AND needs.refclassid = 'pg_catalog.pg_class'::regclass::oid
    ) AS step ON step.source = shown.oid
  )
  SELECT shown.oid FROM shown
  JOIN pg_catalog.pg_class AS class ON class.oid = shown.oid
  JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace
  WHERE NOT pg_catalog.starts_with(space.nspname::text, 'pg_') AND space.nspname <> 'information_schema'
)`;
