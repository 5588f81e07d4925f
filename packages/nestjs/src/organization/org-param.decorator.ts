import { ConfigurationError, requireOrg } from '@connect-auth/core';
import { checkText } from '@connect-auth/core/adapter';
import { type SelectorOptions } from '@connect-auth/isolation';
import { checkForeign, requireNamedOrg } from '@connect-auth/isolation/adapter';
import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';
import { orgCheck } from './org-check.js';

/**
 * Requires the organization in the path to be the caller's, compared exactly; another's is answered 404, as if nothing
 * were there. `@Controller('orgs/:orgId') @OrgParam('orgId')`. Applies `ConnectAuthGuard` itself.
 *
 * @throws ConfigurationError when the class is declared, for wrong options; and, as a 500, on a path without the
 * parameter
 */
export function OrgParam(name: string, options: SelectorOptions = {}): AccessDecorator {
  const call = `@OrgParam('${checkText('@OrgParam()', name)}')`;
  const foreign = checkForeign(call, options, 'hide');
  const check = orgCheck((auth, { request, record }) => {
    const value = Object.hasOwn(request.params ?? {}, name) ? request.params?.[name] : undefined;
    if (value === undefined) throw new ConfigurationError(call, 'stands on a path without that parameter');
    requireNamedOrg(record, auth, value, { selector: 'path', foreign });
  });
  return accessDecorator({ call, concern: 'org-path', subject: name, rule: requireOrg, check, pathParameter: name });
}
