import type { Auth } from '../auth/auth.js';
import { OrgForbiddenError } from '../errors/permission-errors.js';

const maxLength = 255;

/** Whether a value can be the id of an organization: 1 to 255 printable ASCII characters without spaces. */
export const isOrgId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= maxLength && /^[\x21-\x7e]+$/.test(value);

/** An `Auth` that is known to act for an organization. */
export type OrgAuth = Auth & { readonly orgId: string };

/**
 * Stage 7: requires a caller that acts for an organization, whichever it is.
 *
 * @throws OrgForbiddenError `org_required`
 */
export function requireOrg(auth: Auth): asserts auth is OrgAuth {
  if (!isOrgId(auth.orgId)) throw new OrgForbiddenError('org_required');
}
