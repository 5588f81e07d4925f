import { wallPolicyNames } from '../wall/wall-policies.js';
import { findDatabaseError } from './find-database-error.js';
import { quotedNames } from './quoted-names.js';

/**
 * Returns the name of the policy of a wall that refused an INSERT or UPDATE for another organization; undefined for any
 * other error. SQLSTATE 42501 also stands for missing privileges, but only a policy's name is quoted in the message.
 */
export function violatedPolicy(error: unknown): string | undefined {
  const names: readonly string[] = Object.values(wallPolicyNames);
  // A table could have the name of a policy, but the message about missing privileges does not quote it (save in Georgian).
  const policyIn = (message: string) => quotedNames(message).find((name) => names.includes(name));
  const found = findDatabaseError(
    error,
    ({ sqlState, message }) => sqlState === '42501' && policyIn(message) !== undefined,
  );
  return found && policyIn(found.message);
}
