/** Tables whose rows are not behind a wall, and what leads around one. */
export const tableHoles: readonly string[] = [
  `SELECT 'NO_TENANT_COLUMN', object, 'a reachable table without ' || quote_ident(org_column)
   FROM reachable_table, setting WHERE org_number IS NULL AND object <> ALL (global_tables)`,

  `SELECT 'TENANT_NULLABLE', object, quote_ident(org_column) || ' may be NULL'
   FROM reachable_table, setting WHERE org_number IS NOT NULL AND NOT is_mandatory`,

  `SELECT 'RLS_OFF', object, 'row-level security is not enabled'
   FROM reachable_table WHERE org_number IS NOT NULL AND NOT is_enabled AND NOT is_partition`,

  `SELECT 'PARTITION_GRANTED', object, 'granted by itself: the wall of its table does not apply'
   FROM reachable_table WHERE org_number IS NOT NULL AND NOT is_enabled AND is_partition`,

  `SELECT 'RLS_NOT_FORCED', object, 'its owner ' || quote_ident(pg_get_userbyid(owner)) || ' steps over the wall'
   FROM reachable_table WHERE is_enabled AND NOT is_forced`,

  `SELECT 'VIEW_NOT_INVOKER', object, 'it reads with the rights of ' || quote_ident(pg_get_userbyid(owner))
   FROM reachable WHERE kind = 'v' AND NOT EXISTS (
     SELECT FROM unnest(options) AS one WHERE one ~* '^security_invoker=(true|on|yes|1)$')`,

  `SELECT 'MATVIEW', object, 'holds the rows of all organizations' FROM reachable WHERE kind = 'm'`,

  `SELECT 'FOREIGN_TABLE', object, 'its rows are elsewhere' FROM reachable WHERE kind = 'f'`,

  // Ours are told by their whole body ($6), and by the search path that goes with it.
  `SELECT 'SECURITY_DEFINER', format('%I.%I(%s)', space.nspname, made.proname, oidvectortypes(made.proargtypes)),
          'runs as ' || quote_ident(owner.rolname)
            || CASE WHEN owner.rolsuper OR owner.rolbypassrls THEN ', whom no wall holds' ELSE '' END
   FROM setting, pg_catalog.pg_proc AS made
   JOIN pg_catalog.pg_roles AS owner ON owner.oid = made.proowner
   JOIN pg_catalog.pg_namespace AS space ON space.oid = made.pronamespace
   WHERE made.prosecdef AND space.nspname = ANY (schemas::name[]) AND has_function_privilege(judged, made.oid, 'EXECUTE')
     AND NOT (space.nspname = context_schema AND made.prosrc = ANY ($6::text[])
              AND made.proconfig = ARRAY['search_path=pg_catalog, pg_temp'])`,
];
