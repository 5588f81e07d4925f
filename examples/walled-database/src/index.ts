export type { Database, OpenDatabase } from './database.js';
export { isDatabaseDown } from './is-database-down.js';
export { openDatabase } from './open-database.js';
export { openPglite } from './open-pglite.js';
export { openPostgres } from './open-postgres.js';
export type { Roles, Tables } from './tables.js';
