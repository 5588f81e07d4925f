import { type SelectorOptions } from '@connect-auth/isolation';
import { checkForeign, checkHeaderName, namedInHeaders, requireNamedOrg } from '@connect-auth/isolation/adapter';
import type { RequestHandler } from 'express';
import { orgGuard } from './org-guard.js';

/**
 * Requires an organization in a header to be the caller's, to the letter; another's is answered 403, and a repeated
 * header 400. Allows a request without the header, which asserts nothing: the organization is the token's in any case.
 *
 * @throws ConfigurationError where the route is declared
 */
export function orgHeader(name: string, options: SelectorOptions = {}): RequestHandler {
  const call = `orgHeader('${checkHeaderName('orgHeader()', name)}')`;
  const foreign = checkForeign(call, options, 'forbid');
  return orgGuard(call, (auth, req, record) => {
    requireNamedOrg(record, auth, namedInHeaders(req, name), { selector: 'header', foreign });
  });
}
