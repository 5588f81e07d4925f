import { isSuperuserSql } from './is-superuser-sql.js';

/** The role itself: its attributes, the roles it may become, and the objects it owns. */
export const roleHoles: readonly string[] = [
  `SELECT 'ROLE_BYPASS', pg_catalog.quote_ident(rolname),
          'the role is ' || pg_catalog.concat_ws(' and ', CASE WHEN rolsuper THEN 'SUPERUSER' END,
            CASE WHEN rolbypassrls THEN 'BYPASSRLS' END, CASE WHEN rolreplication THEN 'REPLICATION' END)
   FROM pg_catalog.pg_roles, setting WHERE rolname = verified_role AND (rolsuper OR rolbypassrls OR rolreplication)`,

  // A superuser is a member of every role, and is reported once, by ROLE_BYPASS.
  `SELECT 'ROLE_MEMBER_BYPASS', pg_catalog.quote_ident(other.rolname), 'the role may become it (SET ROLE)'
   FROM setting JOIN pg_catalog.pg_roles AS own ON own.rolname = verified_role AND NOT own.rolsuper
   JOIN pg_catalog.pg_roles AS other ON other.oid <> own.oid AND pg_catalog.pg_has_role(own.oid, other.oid, 'MEMBER')
   WHERE other.rolsuper OR other.rolbypassrls OR other.rolreplication OR other.rolcreaterole
      OR other.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')`,

  `SELECT 'ROLE_MEMBER_BYPASS', pg_catalog.quote_ident(verified_role), 'the role may make others and join them (CREATEROLE)'
   FROM setting JOIN pg_catalog.pg_roles ON rolname = verified_role AND rolcreaterole AND NOT rolsuper`,

  // PGlite has no login other than the superuser's. Its version names its compiler.
  `SELECT 'ROLE_MEMBER_BYPASS', pg_catalog.quote_ident(session_user), 'the role becomes it by RESET ROLE'
   FROM setting JOIN pg_catalog.pg_roles ON rolname = session_user AND (rolsuper OR rolbypassrls)
   WHERE verified_role = current_user AND session_user <> current_user AND pg_catalog.version() !~ 'emcc|emscripten|wasm'`,

  `SELECT 'OWNED_BY_RUNTIME', object, 'the role belongs to its owner, and can take the wall down'
   FROM relation, setting WHERE owner IN (SELECT oid FROM identity) AND NOT ${isSuperuserSql}`,

  // The owner of a schema can drop everything in it, including the functions that policies call (DROP … CASCADE).
  `SELECT 'OWNED_BY_RUNTIME', pg_catalog.quote_ident(nspname), 'the role belongs to the owner of the schema, and can drop what is in it'
   FROM pg_catalog.pg_namespace, setting
   WHERE nspname = ANY (schemas::name[] || context_schema::name) AND nspowner IN (SELECT oid FROM identity) AND NOT ${isSuperuserSql}`,

  `SELECT 'CREATE_GRANTED', pg_catalog.quote_ident(nspname), 'functions and tables of its own can stand in for what others call'
   FROM pg_catalog.pg_namespace AS space, setting
   WHERE nspname = ANY (schemas::name[] || context_schema::name) AND nspowner NOT IN (SELECT oid FROM identity)
    AND EXISTS (SELECT FROM identity WHERE pg_catalog.has_schema_privilege(identity.oid, space.oid, 'CREATE'))
    AND NOT ${isSuperuserSql}`,

  `SELECT 'ROW_SECURITY_INACTIVE', object, 'row-level security does not apply to the role'
   FROM reachable_table, setting
   WHERE verified_role = current_user AND is_enabled AND NOT pg_catalog.row_security_active(reachable_table.oid)`,
];
