import type { QueryResult } from 'pg';

/**
 * PostgreSQL answered ROLLBACK to a COMMIT: a statement before it had failed, and the program went on as if it had not.
 * Nothing of the transaction is there (PostgreSQL, COMMIT; it reports this as a command tag and not as an error).
 */
export class RolledBackError extends Error {
  override readonly name = 'RolledBackError';
  readonly code = 'transaction_rolled_back';

  constructor() {
    super('The transaction was rolled back where it was to be committed: a statement in it had failed.');
  }
}

/** @throws RolledBackError */
export function requireCommit(answer: QueryResult): QueryResult {
  if (answer.command === 'ROLLBACK') throw new RolledBackError();
  return answer;
}
