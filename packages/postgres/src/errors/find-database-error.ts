import { errorChain } from './error-chain.js';
import { serverMessageOf } from './server-message.js';

/** The part of an error that PostgreSQL sent. */
export interface DatabaseError {
  readonly sqlState: string;
  readonly message: string;
}

/** The first matching database error among an error and those it wraps. */
export const findDatabaseError = (
  error: unknown,
  matches: (found: DatabaseError) => boolean,
): DatabaseError | undefined =>
  errorChain(error)
    .map(readDatabaseError)
    .find((found): found is DatabaseError => found !== undefined && matches(found));

function readDatabaseError(error: object): DatabaseError | undefined {
  // Prisma's adapter keeps PostgreSQL's code and message under names of its own.
  const { code, originalCode, message, originalMessage } = error as Record<string, unknown>;
  const sqlState = originalCode ?? code;
  if (typeof sqlState !== 'string') return undefined;
  return { sqlState, message: serverMessageOf(error) ?? String(originalMessage ?? message) };
}
