/**
 * Takes away what others left in the session, and with it what `DISCARD ALL` does, which cannot be done in a transaction
 * and so not behind a pooler of them (PostgreSQL, DISCARD).
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
