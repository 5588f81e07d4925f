/** By reason: what is wrong, and what to do instead. Never repeats the statement, which may contain secrets. */
const refusals = {
  settings:
    'changes a setting for the session, which the next organization gets: use SET LOCAL, or a setting of the role',
  binding: 'touches what binds the transaction to its organization',
  role: 'changes the role that the wall is made for',
  session: 'leaves something behind in the session, which the next organization gets: use pool.system()',
  messages: 'LISTEN, UNLISTEN and NOTIFY bypass the wall: use pool.system()',
  two_phase: 'a prepared transaction outlives its organization: use pool.system()',
  several: 'a text of several statements must not begin or end transactions: send them one by one',
  chain: 'AND CHAIN begins a transaction that no organization is bound to: send BEGIN',
  unicode: 'names written as U&"…" are not understood: write them without escapes',
} as const;

export type RefusedStatementReason = keyof typeof refusals;

/** A statement that `OrgPool` does not send: it would undo the binding, or leave something for the next user of the connection. */
export class RefusedStatementError extends Error {
  override readonly name = 'RefusedStatementError';
  readonly code = 'statement_refused';

  constructor(readonly reason: RefusedStatementReason) {
    super(`The statement was not sent: ${refusals[reason]}.`);
  }
}
