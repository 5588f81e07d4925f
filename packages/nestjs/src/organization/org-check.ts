import { type OrgAuth, requireOrg } from '@connect-auth/core';
import type { GuardedCall, RequestCheck } from '../access/request-check.js';

/** Makes a check for callers that act for an organization; the rule beside it has already refused all others. */
export const orgCheck =
  (check: (auth: OrgAuth, call: GuardedCall) => void | Promise<void>): RequestCheck =>
  (auth, call) => {
    requireOrg(auth);
    return check(auth, call);
  };
