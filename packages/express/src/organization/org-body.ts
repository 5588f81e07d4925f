import { requireBodyOrg, requireParsedBody, stampBody } from '@connect-auth/isolation/adapter';
import type { RequestHandler } from 'express';
import { checkName } from './org-declaration.js';
import { orgGuard } from './org-guard.js';

/**
 * Requires an organization in the body to be the caller's, to the letter; another's is answered 403. In a list, checks
 * each member. Allows a body without the field, which asserts nothing. Belongs behind the body parser.
 *
 * @throws ConfigurationError where the route is declared; and, as a 500, for JSON and files that nobody has read yet.
 * Another type that nothing has read is answered 415
 */
export function orgBody(field: string): RequestHandler {
  const call = `orgBody('${checkName('orgBody', field)}')`;
  return orgGuard(call, (auth, req, record) => {
    requireParsedBody(call, req, req.body);
    requireBodyOrg(record, auth, req.body, field);
  });
}

/**
 * Writes the caller's organization into the body, in place of any other value there, so that a handler that saves the
 * whole body saves it as the caller's. Data of another organization further in is refused with 403.
 *
 * @throws ConfigurationError where the route is declared; and, as a 500, for JSON and files that nobody has read yet.
 * Another type that nothing has read is answered 415
 */
export function orgStamp(field = 'org_id'): RequestHandler {
  const call = `orgStamp('${checkName('orgStamp', field)}')`;
  return orgGuard(call, (auth, req) => {
    requireParsedBody(call, req, req.body);
    req.body = stampBody(auth, req.body, field);
  });
}
