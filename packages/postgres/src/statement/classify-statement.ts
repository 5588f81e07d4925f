import { RefusedStatementError, type RefusedStatementReason } from './refused-statement-error.js';
import { splitStatements } from './split-statements.js';

/**
 * The effect of a statement on transactions. `modes` is SET TRANSACTION, which must come before the first query; `savepoint`
 * stands for every command about savepoints.
 */
export type StatementKind = 'begin' | 'commit' | 'rollback' | 'savepoint' | 'modes' | 'plain';

const kinds: readonly [RegExp, StatementKind][] = [
  [/^(begin|start\s+transaction)\b/, 'begin'],
  [/^(commit|end)\b/, 'commit'],
  [/^rollback\s+((work|transaction)\s+)?to\b/, 'savepoint'],
  [/^(savepoint|release)\b/, 'savepoint'],
  [/^(rollback|abort)\b/, 'rollback'],
  [/^set\s+(local\s+)?transaction\b/, 'modes'],
];

/**
 * Statements that are not sent. This catches mistakes and is not the wall: SQL can be written so that no pattern matches. What
 * slips through meets the wall in the database, which holds as long as nobody forges the binding; `sealed` prevents that.
 */
const rules: readonly [RegExp, RefusedStatementReason][] = [
  [/\bu&["']/, 'unicode'],
  [/^(prepare\s+transaction|commit\s+prepared|rollback\s+prepared)\b/, 'two_phase'],
  [/^(commit|end|rollback|abort)\b.*\band\s+chain\b/, 'chain'],
  [/^(listen|unlisten|notify)\b|\bpg_notify\s*\(/, 'messages'],
  [/^(set|reset)\s+((session|local)\s+)?(role|session\s+authorization)\b/, 'role'],
  [/\bbind_org\b|\bupdate\b.*\bpg_settings\b/s, 'binding'],
  // A setting may be changed if the wall does not depend on it, and only until the end of the transaction.
  [
    /\bset_config\b(?!\s*\(\s*'(?!app\.|role'|session_authorization'|row_security')[\w.]+'\s*,[^()]*,\s*true\s*\))/,
    'binding',
  ],
  [/^set\s+((session|local)\s+)?(app\s*\.|row_security\b)/, 'binding'],
  [/^reset\s+app\s*\./, 'binding'],
  [/^set\s+(?!local\b|transaction\b|constraints\b)/, 'settings'],
  [/^reset\b/, 'settings'],
  [/^(discard|prepare|deallocate|load)\b/, 'session'],
  // A temporary object hides the one that another organization means by the same name.
  [/\bcreate\s+(or\s+replace\s+)?((global|local)\s+)?(temp|temporary)\b(?!.*\bon\s+commit\s+drop\b)/, 'session'],
  [/\binto\s+((global|local)\s+)?(temp|temporary)\b/, 'session'],
  [/\b(create|alter|into)\b.*\bpg_temp(_\d+)?\s*(\.|$)/, 'session'],
  [/^declare\b.*\bwith\s+hold\b/, 'session'],
  [/\bpg_(try_)?advisory_(lock|unlock)(_shared|_all)?\s*\(/, 'session'],
];

/**
 * Matches every text that one of the patterns above could match. Most texts do not, and are not split. The first word of a
 * statement may follow a comment.
 */
const suspicious =
  /(?:^|;|\*\/|--[^\r\n]*[\r\n])\s*(?:begin|start|commit|end|rollback|abort|savepoint|release|set|reset|prepare|listen|unlisten|notify|discard|deallocate|load)\b|\b(?:bind_org|set_config|pg_settings|pg_notify|pg_(?:try_)?advisory_|pg_temp|temp|temporary|hold|u&)/i;

/**
 * Returns the effect that a text of one or more statements has on the transaction around it.
 *
 * @throws RefusedStatementError for a statement that would undo the binding, and for several statements of which one begins
 * or ends a transaction
 */
export function classifyStatement(text: string): StatementKind {
  if (!suspicious.test(text)) return 'plain';
  const statements = splitStatements(text);
  for (const { code } of statements) {
    const broken = rules.find(([pattern]) => pattern.test(code));
    if (broken !== undefined) throw new RefusedStatementError(broken[1]);
  }
  const found = statements.map(({ code }) => kinds.find(([pattern]) => pattern.test(code))?.[1] ?? 'plain');
  if (found.length > 1 && found.some((kind) => kind !== 'plain')) throw new RefusedStatementError('several');
  return found[0] ?? 'plain';
}
