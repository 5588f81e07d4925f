/**
 * Removes whatever earlier transactions left in the session. These are the steps of `DISCARD ALL`, which cannot run in a
 * transaction (PostgreSQL, DISCARD), and so is of no use behind a pooler in transaction mode.
 */
export const discardSession = [
  'RESET SESSION AUTHORIZATION',
  'RESET ROLE',
  'CLOSE ALL',
  'DEALLOCATE ALL',
  'UNLISTEN *',
  'SELECT pg_catalog.pg_advisory_unlock_all()',
  'DISCARD TEMP',
  'DISCARD SEQUENCES',
  'RESET ALL',
].join('; ');
