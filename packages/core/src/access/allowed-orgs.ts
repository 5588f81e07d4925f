import type { Auth } from '../auth/auth.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { OrgForbiddenError } from '../errors/permission-errors.js';
import { withRefusalDetails } from './refusal-details.js';
import { isOrgId } from './require-org.js';

/** The organizations that are allowed: a list, or a function that decides at every request. */
export type AllowedOrgs = readonly string[] | ((orgId: string, auth: Auth) => boolean | Promise<boolean>);

/**
 * Stage 7, before the rules of any route: allows callers of the allowed organizations. A caller without an organization is
 * allowed; the routes decide about it.
 */
export interface OrgAdmission {
  /** Whether the caller is allowed, and known to be without calling the application's function. */
  admitsAtOnce(auth: Auth): boolean;
  /** @throws OrgForbiddenError `org_not_allowed`; and whatever the application's function throws */
  admit(auth: Auth): Promise<void>;
}

/** @throws ConfigurationError naming the option */
export function resolveAllowedOrgs(allowed: AllowedOrgs | undefined): OrgAdmission {
  if (allowed === undefined) return { admitsAtOnce: () => true, admit: async () => undefined };
  const isAllowed = typeof allowed === 'function' ? allowed : toLookup(allowed);
  const isList = typeof allowed !== 'function';
  return {
    admitsAtOnce: (auth) => auth.orgId === undefined || (isList && isAllowed(auth.orgId, auth) === true),
    async admit(auth) {
      // Only `true` allows: a function that forgets to return refuses.
      if (auth.orgId === undefined || (await isAllowed(auth.orgId, auth)) === true) return;
      throw withRefusalDetails(new OrgForbiddenError('org_not_allowed'), { caller: auth });
    },
  };
}

function toLookup(allowed: readonly string[]): Exclude<AllowedOrgs, readonly string[]> {
  if (!Array.isArray(allowed) || !allowed.every(isOrgId)) {
    throw new ConfigurationError(
      'allowedOrgs',
      'must be a list of organization ids, or a function that answers for one',
    );
  }
  const ids = new Set(allowed);
  return (orgId) => ids.has(orgId);
}
