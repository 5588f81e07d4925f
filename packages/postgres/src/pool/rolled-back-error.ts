import type { QueryResult } from 'pg';

/**
 * PostgreSQL answered ROLLBACK to a COMMIT: an earlier statement had failed, and the program went on as if it had not.
 * Nothing of the transaction was kept. PostgreSQL reports this only by the command tag, not as an error (COMMIT).
 */
export class RolledBackError extends Error {
  override readonly name = 'RolledBackError';
  readonly code = 'transaction_rolled_back';

  constructor() {
    super('The transaction was rolled back where it was to be committed: a statement in it had failed.');
  }
}

/** @throws RolledBackError */
export function requireCommit(result: QueryResult): QueryResult {
  if (result.command === 'ROLLBACK') throw new RolledBackError();
  return result;
}
