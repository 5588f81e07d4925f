import { requireOrg } from '@connect-auth/core';
import type { OrgId as VerifiedOrgId } from '@connect-auth/isolation';
import { callerParameter } from '../caller/caller-parameter.js';

/**
 * The organization that the caller acts for (`org_id`), a string. Callers without one get 403 before the handler runs.
 */
export const OrgId = callerParameter({
  call: '@OrgId()',
  rule: requireOrg,
  read: (auth) => auth.orgId,
});

/** The id of an organization that a token was verified for, as `@OrgId()` returns it: `@OrgId() orgId: OrgId`. */
export type OrgId = VerifiedOrgId;
