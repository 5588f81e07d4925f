import { findCurrentOrg, OrgContextError, type OrgId } from '@connect-auth/isolation';

/**
 * Holds what was made for one organization to the work of that organization.
 *
 * @throws OrgContextError `org_context_missing` outside of a frame, `org_context_conflict` in another organization's
 */
export function requireFrame(orgId: OrgId): void {
  const current = findCurrentOrg();
  if (current === undefined) throw new OrgContextError('org_context_missing');
  if (current !== orgId) throw new OrgContextError('org_context_conflict');
}
