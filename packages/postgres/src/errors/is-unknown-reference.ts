import { findDatabaseError } from './find-database-error.js';
import { quotedNames } from './quoted-names.js';

/**
 * Whether a row references one that the organization does not have (SQLSTATE 23503). With foreign keys that include the
 * organization, the error is the same whether another organization has that row or nobody does.
 *
 * The same SQLSTATE stands for a row that is deleted or changed while others reference it. That message quotes the key and
 * both tables; this one quotes the key and the table of the row, in every language. Names that contain a quotation mark can
 * make the result false.
 */
export const isUnknownReference = (error: unknown): boolean =>
  findDatabaseError(error, ({ sqlState, message }) => sqlState === '23503' && quotedNames(message).length === 2) !==
  undefined;
