import { requireOrg } from '@connect-auth/core';
import { checkText } from '@connect-auth/core/adapter';
import { type SelectorOptions } from '@connect-auth/isolation';
import { checkForeign, namedInQuery, requireNamedOrg } from '@connect-auth/isolation/adapter';
import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';
import { orgCheck } from './org-check.js';

/**
 * Requires an organization in the query to be the caller's, compared exactly; another's is answered 403, and a
 * parameter that is sent twice 400. A request without it asserts nothing, and is allowed. Applies `ConnectAuthGuard`
 * itself.
 *
 * @throws ConfigurationError when the class is declared
 */
export function OrgQuery(name: string, options: SelectorOptions = {}): AccessDecorator {
  const call = `@OrgQuery('${checkText('@OrgQuery()', name)}')`;
  const foreign = checkForeign(call, options, 'forbid');
  const check = orgCheck((auth, { request, record }) => {
    requireNamedOrg(record, auth, namedInQuery(request.url, request.query, name), {
      selector: 'query',
      foreign,
    });
  });
  return accessDecorator({ call, concern: 'org-query', subject: name, rule: requireOrg, check });
}
