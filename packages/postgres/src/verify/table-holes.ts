/** Tables without a wall, and objects that lead around one. */
export const tableHoles: readonly string[] = [
  `SELECT 'NO_TENANT_COLUMN', object, 'a reachable table without ' || pg_catalog.quote_ident(org_column)
   FROM reachable_table, setting WHERE org_number IS NULL AND object <> ALL (global_tables)`,

  `SELECT 'TENANT_NULLABLE', object, pg_catalog.quote_ident(org_column) || ' may be NULL'
   FROM reachable_table, setting WHERE org_number IS NOT NULL AND NOT is_mandatory`,

  `SELECT 'RLS_OFF', object, 'row-level security is not enabled'
   FROM reachable_table WHERE org_number IS NOT NULL AND NOT is_enabled AND NOT is_partition`,

  `SELECT 'PARTITION_GRANTED', object, 'granted by itself: the wall of its table does not apply'
   FROM reachable_table WHERE org_number IS NOT NULL AND NOT is_enabled AND is_partition`,

  `SELECT 'RLS_NOT_FORCED', object, 'its owner ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(owner)) || ' bypasses the wall'
   FROM reachable_table WHERE is_enabled AND NOT is_forced`,

  `SELECT 'VIEW_NOT_INVOKER', object, 'it reads with the privileges of ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(owner))
   FROM reachable WHERE kind = 'v' AND NOT EXISTS (
     SELECT FROM pg_catalog.unnest(options) AS one WHERE one ~* '^security_invoker=(true|on|yes|1)$')`,

  `SELECT 'MATVIEW', object, 'holds the rows of all organizations' FROM reachable WHERE kind = 'm'`,

  `SELECT 'FOREIGN_TABLE', object, 'its rows are elsewhere' FROM reachable WHERE kind = 'f'`,

  // PostgreSQL, "Rules and Privileges": the actions of a rule run with the privileges of the owner of the table.
  `SELECT 'OWNER_RULE', object || '.' || pg_catalog.quote_ident(rulename),
          'it runs with the privileges of ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(owner))
   FROM reachable_table JOIN pg_catalog.pg_rewrite AS rule ON rule.ev_class = reachable_table.oid`,

  // Ours are recognized by their exact body ($6) and search path.
  `SELECT 'SECURITY_DEFINER', pg_catalog.format('%I.%I(%s)', space.nspname, made.proname, pg_catalog.oidvectortypes(made.proargtypes)),
          'runs as ' || pg_catalog.quote_ident(owner.rolname)
            || CASE WHEN owner.rolsuper OR owner.rolbypassrls THEN ', whom no wall stops' ELSE '' END
   FROM setting, pg_catalog.pg_proc AS made
   JOIN pg_catalog.pg_roles AS owner ON owner.oid = made.proowner
   JOIN pg_catalog.pg_namespace AS space ON space.oid = made.pronamespace
   WHERE made.prosecdef
     AND ((space.nspname = ANY (schemas::name[])
           AND EXISTS (SELECT FROM identity WHERE pg_catalog.has_function_privilege(identity.oid, made.oid, 'EXECUTE')))
          -- Writing fires a trigger, without a privilege on its function.
          OR EXISTS (SELECT FROM pg_catalog.pg_trigger AS one JOIN written ON written.oid = one.tgrelid
                     WHERE one.tgfoid = made.oid AND NOT one.tgisinternal))
     AND NOT (space.nspname = context_schema AND made.prosrc = ANY ($6::text[])
              AND made.proconfig[1] = 'search_path=pg_catalog, pg_temp' AND made.proconfig[2] IS NULL)`,
];
