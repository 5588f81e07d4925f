import { ConfigurationError } from '@connect-auth/core';
import { type SelectorOptions } from '@connect-auth/isolation';
import { checkForeign, requireNamedOrg } from '@connect-auth/isolation/adapter';
import type { RequestHandler } from 'express';
import { checkName } from './org-declaration.js';
import { orgGuard } from './org-guard.js';

/**
 * Requires the organization in the path to be the caller's, to the letter; another's is answered 404, as if nothing
 * were there.
 *
 * `app.use('/orgs/:orgId', orgParam('orgId'), …)`
 *
 * @throws ConfigurationError where the route is declared, for wrong options; and, as a 500, on a path without the
 * parameter
 */
export function orgParam(name: string, options: SelectorOptions = {}): RequestHandler {
  const call = `orgParam('${checkName('orgParam', name)}')`;
  const foreign = checkForeign(call, options, 'hide');
  return orgGuard(call, (auth, req, record) => {
    const value: unknown = Object.hasOwn(req.params, name) ? req.params[name] : undefined;
    if (value === undefined) throw new ConfigurationError(call, 'stands on a path without that parameter');
    requireNamedOrg(record, auth, value, { selector: 'path', foreign });
  });
}
