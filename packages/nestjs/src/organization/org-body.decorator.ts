import type { IncomingMessage } from 'node:http';
import { requireOrg } from '@connect-auth/core';
import { checkText } from '@connect-auth/core/adapter';
import { requireBodyOrg, requireParsedBody, stampBody } from '@connect-auth/isolation/adapter';
import { type AccessDecorator, accessDecorator } from '../access/access.decorator.js';
import { rawRequest } from '../request/http-request.js';
import { orgCheck } from './org-check.js';

/**
 * Requires an organization in the body to be the caller's, compared exactly; another's is answered 403. In a list, this
 * holds for each member. A body without the field asserts nothing, and is allowed. Applies `ConnectAuthGuard` itself.
 *
 * @throws ConfigurationError when the class is declared; and, as a 500, for JSON that nothing has parsed, and for
 * files, which are read only after the guards. Another type that nothing has parsed is answered 415
 */
export function OrgBody(field: string): AccessDecorator {
  const call = `@OrgBody('${checkText('@OrgBody()', field)}')`;
  const check = orgCheck((auth, { request, record }) => {
    requireParsedBody(call, rawRequest(request) as IncomingMessage, request.body);
    requireBodyOrg(record, auth, request.body, field);
  });
  return accessDecorator({ call, concern: 'org-body', subject: field, rule: requireOrg, check });
}

/**
 * Writes the caller's organization into the body before pipes see it, replacing whatever is there: a handler that saves
 * the whole body saves it as the caller's. Data of another organization deeper in the body is refused with 403. Applies
 * `ConnectAuthGuard` itself.
 *
 * @throws ConfigurationError when the class is declared; and, as a 500, for JSON that nothing has parsed, and for
 * files, which are read only after the guards. Another type that nothing has parsed is answered 415
 */
export function OrgStamp(field = 'org_id'): AccessDecorator {
  const call = `@OrgStamp('${checkText('@OrgStamp()', field)}')`;
  const check = orgCheck((auth, { request }) => {
    requireParsedBody(call, rawRequest(request) as IncomingMessage, request.body);
    request.body = stampBody(auth, request.body, field);
  });
  return accessDecorator({ call, concern: 'org-stamp', rule: requireOrg, check });
}
