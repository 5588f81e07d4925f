import { type RequestHead, requireOrg } from '@connect-auth/core';
import { type SelectorOptions } from '@connect-auth/isolation';
import { checkForeign, checkHeaderName, namedInHeaders, requireNamedOrg } from '@connect-auth/isolation/adapter';
import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';
import { rawRequest } from '../request/http-request.js';
import { orgCheck } from './org-check.js';

/**
 * Requires an organization in a header to be the caller's, compared exactly; another's is answered 403, and a header
 * that is sent twice 400. A request without the header asserts nothing, and is allowed. Applies `ConnectAuthGuard`
 * itself.
 *
 * @throws ConfigurationError when the class is declared
 */
export function OrgHeader(name: string, options: SelectorOptions = {}): AccessDecorator {
  const call = `@OrgHeader('${checkHeaderName('@OrgHeader()', name)}')`;
  const foreign = checkForeign(call, options, 'forbid');
  const check = orgCheck((auth, { request, record }) => {
    const raw = rawRequest(request) as RequestHead;
    requireNamedOrg(record, auth, namedInHeaders(raw, name), { selector: 'header', foreign });
  });
  return accessDecorator({ call, concern: 'org-header', subject: name.toLowerCase(), rule: requireOrg, check });
}
