import { wallPolicyNames } from '../wall/wall-policies.js';
import { findDatabaseError } from './find-database-error.js';

/**
 * Whether the wall refused to let a row into another organization: an INSERT or an UPDATE that names one (SQLSTATE
 * 42501, which also stands for missing rights; the policy's name tells them apart).
 */
export function isWallViolation(error: unknown): boolean {
  const names: readonly string[] = Object.values(wallPolicyNames);
  const found = findDatabaseError(
    error,
    ({ sqlState, message }) => sqlState === '42501' && names.some((name) => message.includes(`"${name}"`)),
  );
  return found !== undefined;
}
