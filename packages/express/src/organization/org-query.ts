import { type SelectorOptions } from '@connect-auth/isolation';
import { checkForeign, namedInQuery, requireNamedOrg } from '@connect-auth/isolation/adapter';
import type { RequestHandler } from 'express';
import { checkName } from './org-declaration.js';
import { orgGuard } from './org-guard.js';

/**
 * An organization in the query must be the caller's, to the letter; another's is answered 403, and a parameter that is
 * there twice 400. A request without it asserts nothing, and passes.
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
