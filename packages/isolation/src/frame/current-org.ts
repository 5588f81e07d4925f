import { findFrameOrg } from '@connect-auth/core/adapter';
import { OrgContextError } from '../errors/org-context-error.js';
import type { OrgId } from './org-id.js';

/**
 * The organization that the work at hand is done for: that of the verified caller, or of `withOrg`, or the one whose turn
 * it is in `crossOrg`. Undefined outside of all of them, and for a caller that acts for none.
 */
export function findCurrentOrg(): OrgId | undefined {
  return findFrameOrg() as OrgId | undefined;
}

/**
 * The organization that the work at hand is done for, wherever the code is that asks.
 *
 * @throws OrgContextError `org_context_missing`: there is none, and none is assumed
 */
export function currentOrg(): OrgId {
  const orgId = findCurrentOrg();
  if (orgId === undefined) throw new OrgContextError('org_context_missing');
  return orgId;
}
