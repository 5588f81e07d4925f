import { wallPolicyNames } from '../wall/wall-policies.js';
import { findDatabaseError } from './find-database-error.js';

/**
 * Whether the wall refused to let a row into another organization: an INSERT or an UPDATE that names one (SQLSTATE
 * 42501, which also stands for missing rights; the policy's name tells them apart).
 */
export const isWallViolation = (error: unknown): boolean => wallViolationOf(error) !== undefined;

/** The name of the policy that refused. */
export function wallViolationOf(error: unknown): string | undefined {
  const names: readonly string[] = Object.values(wallPolicyNames);
  const policyIn = (message: string) => names.find((name) => message.includes(`"${name}"`));
  const found = findDatabaseError(
    error,
    ({ sqlState, message }) => sqlState === '42501' && policyIn(message) !== undefined,
  );
  return found && policyIn(found.message);
}
