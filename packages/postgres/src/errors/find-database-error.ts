import { errorChain } from './error-chain.js';
import { serverMessageOf } from './server-message.js';

/** The part of an error that PostgreSQL has sent. */
export interface DatabaseError {
  readonly sqlState: string;
  readonly message: string;
}

/** The first database error for which `matches` holds, in an error or in what it wraps. */
export const findDatabaseError = (
  error: unknown,
  matches: (found: DatabaseError) => boolean,
): DatabaseError | undefined =>
  errorChain(error)
    .map(readDatabaseError)
    .find((found): found is DatabaseError => found !== undefined && matches(found));

function readDatabaseError(error: object): DatabaseError | undefined {
  // Prisma's adapter keeps PostgreSQL's words under names of its own.
  const { code, originalCode, message, originalMessage } = error as Record<string, unknown>;
  const sqlState = originalCode ?? code;
  if (typeof sqlState !== 'string') return undefined;
  return { sqlState, message: serverMessageOf(error) ?? String(originalMessage ?? message) };
}
