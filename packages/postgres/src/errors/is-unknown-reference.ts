import { findDatabaseError } from './find-database-error.js';

/**
 * Whether a row refers to one that the organization does not have (SQLSTATE 23503). With foreign keys that include the
 * organization it says the same of another organization's row and of none at all.
 */
export const isUnknownReference = (error: unknown): boolean =>
  findDatabaseError(error, ({ sqlState }) => sqlState === '23503') !== undefined;
