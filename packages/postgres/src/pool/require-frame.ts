import { findCurrentOrg, OrgContextError, type OrgId } from '@connect-auth/isolation';

/**
 * Checks that the current frame is the organization's.
 *
 * @throws OrgContextError `org_context_missing` outside a frame, `org_context_conflict` in another organization's
 */
export function requireFrame(orgId: OrgId): void {
  const current = findCurrentOrg();
  if (current === undefined) throw new OrgContextError('org_context_missing');
  if (current !== orgId) throw new OrgContextError('org_context_conflict');
}
