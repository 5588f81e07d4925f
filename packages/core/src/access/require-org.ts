import type { Auth } from '../auth/auth.js';
import { OrgForbiddenError } from '../errors/permission-errors.js';

/** An `Auth` that is known to act for an organization. */
export type OrgAuth = Auth & { readonly orgId: string };

/**
 * Stage 7: lets pass who acts for an organization, whichever it is.
 *
 * @throws OrgForbiddenError `org_required`
 */
export function requireOrg(auth: Auth): asserts auth is OrgAuth {
  if (auth.orgId === undefined) throw new OrgForbiddenError('org_required');
}
