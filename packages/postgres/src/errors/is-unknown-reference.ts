import { findDatabaseError } from './find-database-error.js';

/**
 * Whether a row refers to one that the organization does not have (SQLSTATE 23503). With foreign keys that include the
 * organization it says the same of another organization's row and of none at all.
 *
 * The same SQLSTATE stands for a row that is deleted while others refer to it, and only the words tell them apart: the
 * login needs `lc_messages` in English, or this is never true.
 */
export const isUnknownReference = (error: unknown): boolean =>
  findDatabaseError(
    error,
    ({ sqlState, message }) => sqlState === '23503' && message.startsWith('insert or update on table'),
  ) !== undefined;
