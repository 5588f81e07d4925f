import type { Auth } from '../auth/auth.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { OrgForbiddenError } from '../errors/permission-errors.js';
import { withRefusalDetails } from './refusal-details.js';
import { isOrgId } from './require-org.js';

/** Which organizations are let in: a list, or a question that is asked at every request. */
export type AllowedOrgs = readonly string[] | ((orgId: string, auth: Auth) => boolean | Promise<boolean>);

/**
 * Stage 7, before any route is asked: lets pass callers of the organizations that are let in here. A caller that acts for
 * none passes, and is for the routes to judge.
 */
export interface OrgAdmission {
  /** Whether nobody has to be asked, and the answer is yes. */
  passesAtOnce(auth: Auth): boolean;
  /** @throws OrgForbiddenError `org_not_allowed`; and whatever the question throws */
  admit(auth: Auth): Promise<void>;
}

/** @throws ConfigurationError naming the option */
export function resolveAllowedOrgs(allowed: AllowedOrgs | undefined): OrgAdmission {
  if (allowed === undefined) return { passesAtOnce: () => true, admit: async () => undefined };
  const contains = typeof allowed === 'function' ? allowed : listed(allowed);
  const isList = typeof allowed !== 'function';
  return {
    passesAtOnce: (auth) => auth.orgId === undefined || (isList && contains(auth.orgId, auth) === true),
    async admit(auth) {
      // Only `true` lets in: a question that forgets to answer does not.
      if (auth.orgId === undefined || (await contains(auth.orgId, auth)) === true) return;
      throw withRefusalDetails(new OrgForbiddenError('org_not_allowed'), { caller: auth });
    },
  };
}

function listed(allowed: readonly string[]): Exclude<AllowedOrgs, readonly string[]> {
  if (!Array.isArray(allowed) || !allowed.every(isOrgId)) {
    throw new ConfigurationError(
      'allowedOrgs',
      'must be a list of organization ids, or a function that answers for one',
    );
  }
  const ids = new Set(allowed);
  return (orgId) => ids.has(orgId);
}
