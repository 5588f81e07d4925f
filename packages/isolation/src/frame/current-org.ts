import { findFrameOrg } from '@connect-auth/core/adapter';
import { OrgContextError } from '../errors/org-context-error.js';
import type { OrgId } from './org-id.js';

/**
 * Returns the organization that the current work is done for: that of the verified caller, or of `withOrg`, or the one
 * whose turn it is in `crossOrg`. Undefined outside all of them, and for a caller that acts for no organization.
 */
export function findCurrentOrg(): OrgId | undefined {
  return findFrameOrg() as OrgId | undefined;
}

/**
 * Returns the organization that the current work is done for, from anywhere in the code.
 *
 * @throws OrgContextError `org_context_missing` if there is none: none is ever assumed
 */
export function currentOrg(): OrgId {
  const orgId = findCurrentOrg();
  if (orgId === undefined) throw new OrgContextError('org_context_missing');
  return orgId;
}
