import { ConfigurationError, OrgForbiddenError } from '@connect-auth/core';
import { checkKnown, withRefusalDetails } from '@connect-auth/core/adapter';
import { type ForeignAnswer } from '@connect-auth/isolation';
import { checkDomain, checkForeign, requireNamedOrg, subdomainOf } from '@connect-auth/isolation/adapter';
import type { RequestHandler } from 'express';
import { orgGuard } from './org-guard.js';

export interface OrgSubdomainOptions {
  /** The domain below which each organization has a label of its own: `api.example.com`. */
  readonly domain: string;
  /**
   * Finds the owner of a label, or of any other prefix of the domain: `acme` → `org_01H…`; undefined if nobody owns it.
   */
  readonly orgOf: (label: string) => string | undefined | Promise<string | undefined>;
  /** Default: `forbid`. */
  readonly foreign?: ForeignAnswer;
}

/**
 * Requires the organization of the subdomain to be the caller's; another's, and a label that is nobody's, is answered
 * 403. The domain itself asserts nothing. The host is `req.hostname`: behind a proxy it is only as trustworthy as the
 * setting `trust proxy` of Express.
 *
 * @throws ConfigurationError where the route is declared
 */
export function orgSubdomain(options: OrgSubdomainOptions): RequestHandler {
  const call = 'orgSubdomain()';
  const { domain, orgOf, ...rest } = options ?? ({} as OrgSubdomainOptions);
  checkKnown(call, rest, ['foreign']);
  const foreign = checkForeign(call, rest, 'forbid');
  const base = checkDomain(call, domain);
  if (typeof orgOf !== 'function') throw new ConfigurationError(`${call} orgOf`, 'must be a function');
  return orgGuard(call, async (auth, req, record) => {
    const label = subdomainOf(req.hostname, base);
    if (label === undefined) return;
    const orgId = await orgOf(label);
    if (orgId === undefined || orgId === null) {
      const refusal = new OrgForbiddenError('org_mismatch', { hidden: foreign === 'hide' });
      throw withRefusalDetails(refusal, { layer: 'route', rule: 'subdomain' });
    }
    requireNamedOrg(record, auth, orgId, { selector: 'subdomain', foreign });
  });
}
