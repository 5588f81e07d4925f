import { OrgContextError, type OrgContextReason } from '@connect-auth/isolation';
import { errorChain } from './error-chain.js';
import { findDatabaseError } from './find-database-error.js';

const reasons: readonly OrgContextReason[] = ['org_context_missing', 'org_context_conflict', 'org_context_forged'];

/**
 * Returns the error of the pool or the wall about the organization context, below whatever a query builder or an ORM wraps
 * around it; undefined for any other error. SQLSTATE `OR401` (no organization is bound, or not validly) becomes
 * `org_context_missing`, `OR403` (a forged seal) becomes `org_context_forged`.
 */
export function orgContextErrorOf(error: unknown): OrgContextError | undefined {
  const ours = errorChain(error).find((found) => found instanceof OrgContextError);
  if (ours !== undefined) return ours;
  // Of an error that is not PostgreSQL's, Prisma keeps only the code.
  const codes = errorChain(error).map((found) => (found as { code?: unknown }).code);
  const reason = reasons.find((known) => codes.includes(known));
  if (reason !== undefined) return new OrgContextError(reason, { cause: error });
  const walls = findDatabaseError(error, ({ sqlState }) => sqlState === 'OR401' || sqlState === 'OR403');
  if (walls === undefined) return undefined;
  const code = walls.sqlState === 'OR403' ? 'org_context_forged' : 'org_context_missing';
  return new OrgContextError(code, { cause: error });
}
