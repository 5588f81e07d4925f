/** Which rule a statement breaks. Each says what to do instead; none repeats the statement, which may hold secrets. */
const refusals = {
  settings:
    'changes a setting for the session, which the next organization gets: use SET LOCAL, or a setting of the role',
  binding: 'touches what binds the transaction to its organization',
  role: 'changes the role that the wall is made for',
  session: 'leaves something behind in the session, which the next organization gets: use pool.system()',
  messages: 'LISTEN, UNLISTEN and NOTIFY go past the wall: use pool.system()',
  two_phase: 'a prepared transaction outlives its organization: use pool.system()',
  several: 'a text of several statements must not begin or end transactions: send them one by one',
  chain: 'AND CHAIN begins a transaction that no organization is bound to: send BEGIN',
  unicode: 'U&"…" names cannot be read here: write them as they are',
} as const;

export type RefusedStatementReason = keyof typeof refusals;

/** A statement that `OrgPool` does not send, since it would undo the binding, now or for who gets the connection next. */
export class RefusedStatementError extends Error {
  override readonly name = 'RefusedStatementError';
  readonly code = 'statement_refused';

  constructor(readonly reason: RefusedStatementReason) {
    super(`The statement was not sent: ${refusals[reason]}.`);
  }
}
