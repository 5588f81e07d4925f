/** The role itself: what it is, what it may become, and what belongs to it. */
export const roleHoles: readonly string[] = [
  `SELECT 'ROLE_BYPASS', quote_ident(rolname),
          'the role is ' || concat_ws(' and ', CASE WHEN rolsuper THEN 'SUPERUSER' END,
            CASE WHEN rolbypassrls THEN 'BYPASSRLS' END, CASE WHEN rolreplication THEN 'REPLICATION' END)
   FROM pg_catalog.pg_roles, setting WHERE rolname = judged AND (rolsuper OR rolbypassrls OR rolreplication)`,

  // A superuser is a member of every role: once said is enough.
  `SELECT 'ROLE_MEMBER_BYPASS', quote_ident(other.rolname), 'the role may become it (SET ROLE)'
   FROM setting JOIN pg_catalog.pg_roles AS own ON own.rolname = judged AND NOT own.rolsuper
   JOIN pg_catalog.pg_roles AS other ON other.oid <> own.oid AND pg_has_role(own.oid, other.oid, 'MEMBER')
   WHERE other.rolsuper OR other.rolbypassrls OR other.rolreplication OR other.rolcreaterole
      OR other.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')`,

  `SELECT 'ROLE_MEMBER_BYPASS', quote_ident(judged), 'the role may make others and join them (CREATEROLE)'
   FROM setting JOIN pg_catalog.pg_roles ON rolname = judged AND rolcreaterole AND NOT rolsuper`,

  // PGlite knows no login but the superuser's, and says so by its compiler.
  `SELECT 'ROLE_MEMBER_BYPASS', quote_ident(session_user), 'the role becomes it by RESET ROLE'
   FROM setting JOIN pg_catalog.pg_roles ON rolname = session_user AND (rolsuper OR rolbypassrls)
   WHERE judged = current_user AND session_user <> current_user AND version() !~ 'emcc|emscripten|wasm'`,

  `SELECT 'OWNED_BY_RUNTIME', object, 'the role belongs to its owner, and can take the wall down'
   FROM relation, setting WHERE pg_has_role(judged, owner, 'MEMBER')
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = judged AND rolsuper)`,

  `SELECT 'ROW_SECURITY_INACTIVE', object, 'row-level security does not hold who asks'
   FROM reachable_table, setting
   WHERE judged = current_user AND is_enabled AND NOT row_security_active(reachable_table.oid)`,
];
