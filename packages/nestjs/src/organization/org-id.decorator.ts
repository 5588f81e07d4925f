import { requireOrg } from '@connect-auth/core';
import { callerParameter } from '../caller/caller-parameter.js';

/** The organization that the caller acts for (`org_id`), a string. Callers without one get 403 before the handler runs. */
export const OrgId = callerParameter({
  call: '@OrgId()',
  rule: requireOrg,
  read: (auth) => auth.orgId,
});
