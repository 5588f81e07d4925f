import { wallPolicyNames } from '../wall/wall-policies.js';
import { findDatabaseError } from './find-database-error.js';
import { quotedNames } from './quoted-names.js';

/**
 * Whether the wall refused to let a row into another organization: an INSERT or an UPDATE that names one (SQLSTATE
 * 42501, which also stands for missing rights; the policy's name tells them apart).
 */
export const isWallViolation = (error: unknown): boolean => wallViolationOf(error) !== undefined;

/** The name of the policy that refused. */
export function wallViolationOf(error: unknown): string | undefined {
  const names: readonly string[] = Object.values(wallPolicyNames);
  // A table that rights are missing for may have such a name, but is not quoted (save in Georgian).
  const policyIn = (message: string) => quotedNames(message).find((name) => names.includes(name));
  const found = findDatabaseError(
    error,
    ({ sqlState, message }) => sqlState === '42501' && policyIn(message) !== undefined,
  );
  return found && policyIn(found.message);
}
