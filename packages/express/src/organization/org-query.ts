import { type SelectorOptions } from '@connect-auth/isolation';
import { checkForeign, namedInQuery, requireNamedOrg } from '@connect-auth/isolation/adapter';
import type { RequestHandler } from 'express';
import { checkName } from './org-declaration.js';
import { orgGuard } from './org-guard.js';

/**
 * Requires an organization in the query to be the caller's, to the letter; another's is answered 403, and a repeated
 * parameter 400. Allows a request without the parameter, which asserts nothing.
 *
 * @throws ConfigurationError where the route is declared
 */
export function orgQuery(name: string, options: SelectorOptions = {}): RequestHandler {
  const call = `orgQuery('${checkName('orgQuery', name)}')`;
  const foreign = checkForeign(call, options, 'forbid');
  return orgGuard(call, (auth, req, record) => {
    requireNamedOrg(record, auth, namedInQuery(req.url, req.query, name), { selector: 'query', foreign });
  });
}
