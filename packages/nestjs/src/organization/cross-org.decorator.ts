import { describeAuth } from '@connect-auth/audit/adapter';
import { ConfigurationError, OrgForbiddenError, requireOrg } from '@connect-auth/core';
import { checkKnown, checkText } from '@connect-auth/core/adapter';
import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';

export interface CrossOrgOptions {
  /** The scope that the caller's token must have been granted: `billing:read-all`. */
  readonly grant: string;
  /** The reason for crossing into other organizations, for the audit trail: `monthly invoice run`. */
  readonly reason: string;
}

/**
 * Allows callers whose token was granted the scope, for a route that works for several organizations: records the
 * crossing first, and allows the answer to hold data of others. The frame stays the caller's own: the handler crosses
 * by `crossOrg()`. Applies `ConnectAuthGuard` itself, and needs the option `audit` of the module.
 *
 * @throws ConfigurationError when the class is declared, without a grant or a reason; and, as a 500, without a trail
 */
export function CrossOrg(options: CrossOrgOptions): AccessDecorator {
  checkKnown('@CrossOrg()', options, ['grant', 'reason']);
  const grant = checkText('@CrossOrg() grant', options.grant);
  const reason = checkText('@CrossOrg() reason', options.reason);
  return accessDecorator({
    call: '@CrossOrg()',
    concern: 'cross-org',
    rule: (auth) => {
      requireOrg(auth);
      if (!auth.scopes.has(grant)) throw new OrgForbiddenError('org_grant_required', { requiredScopes: [grant] });
    },
    check: async (auth, { audit, record }) => {
      if (audit === undefined)
        throw new ConfigurationError('@CrossOrg()', 'needs the option audit of ConnectAuthModule');
      const crossing = { orgs: [], grant, reason };
      await audit.write({
        ...describeAuth(auth),
        action: 'organization.cross',
        decision: 'allow',
        cross_org: crossing,
      });
      record.crossesOrgs = true;
    },
    namesOrg: true,
    scopes: [grant],
  });
}
