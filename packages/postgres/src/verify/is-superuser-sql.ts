/** Whether the verified role is a superuser. It has every privilege, so that ROLE_BYPASS alone is reported for it. */
export const isSuperuserSql = 'EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = verified_role AND rolsuper)';
