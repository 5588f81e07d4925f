import { OrgContextError, type OrgContextReason } from '@connect-auth/isolation';
import { errorChain } from './error-chain.js';
import { findDatabaseError } from './find-database-error.js';

const reasons: readonly OrgContextReason[] = ['org_context_missing', 'org_context_conflict', 'org_context_forged'];

/**
 * What the pool or the wall says about the organization, found below whatever a query builder or an ORM wraps around it.
 * SQLSTATE `OR401` (none is bound, or none that holds) is `org_context_missing`, `OR403` (a forged seal) is
 * `org_context_forged`. Undefined for any other error.
 */
export function orgErrorOf(error: unknown): OrgContextError | undefined {
  const ours = errorChain(error).find((found) => found instanceof OrgContextError);
  if (ours !== undefined) return ours;
  // Prisma keeps the code of an error that is not PostgreSQL's, and drops the error.
  const codes = errorChain(error).map((found) => (found as { code?: unknown }).code);
  const reason = reasons.find((known) => codes.includes(known));
  if (reason !== undefined) return new OrgContextError(reason, { cause: error });
  const walls = findDatabaseError(error, ({ sqlState }) => sqlState === 'OR401' || sqlState === 'OR403');
  if (walls === undefined) return undefined;
  const code = walls.sqlState === 'OR403' ? 'org_context_forged' : 'org_context_missing';
  return new OrgContextError(code, { cause: error });
}
