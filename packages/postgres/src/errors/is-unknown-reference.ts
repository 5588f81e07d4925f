import { findDatabaseError } from './find-database-error.js';
import { quotedNames } from './quoted-names.js';

/**
 * Whether a row refers to one that the organization does not have (SQLSTATE 23503). With foreign keys that include the
 * organization it says the same of another organization's row and of none at all.
 *
 * The same SQLSTATE stands for a row that is deleted or changed while others refer to it. Of that PostgreSQL names the key
 * and both tables, and here the key and the table of the row, in every language. Where these have a quotation mark in their
 * names, this may be false.
 */
export const isUnknownReference = (error: unknown): boolean =>
  findDatabaseError(error, ({ sqlState, message }) => sqlState === '23503' && quotedNames(message).length === 2) !==
  undefined;
