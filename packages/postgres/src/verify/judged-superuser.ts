/** Whether the role is a superuser, who has every privilege: of him ROLE_BYPASS says enough. */
export const isSuperuser = 'EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = judged AND rolsuper)';
