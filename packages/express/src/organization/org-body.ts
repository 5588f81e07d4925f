import { ConfigurationError } from '@connect-auth/core';
import { requireBodyOrg, stampBody } from '@connect-auth/isolation';
import type { Request, RequestHandler } from 'express';
import { checkName } from './org-declaration.js';
import { orgGuard } from './org-guard.js';

/**
 * An organization in the body must be the caller's, to the letter; another's is answered 403. In a list that of each
 * member. A body without the field asserts nothing, and passes. Behind the body parser.
 *
 * @throws ConfigurationError where the route is declared; and, as a 500, before a body parser
 */
export function orgBody(field: string): RequestHandler {
  const call = `orgBody('${checkName('orgBody', field)}')`;
  return orgGuard(call, (auth, req) => requireBodyOrg(req, auth, bodyOf(call, req), field));
}

/**
 * Writes the caller's organization into the body, in the place of whatever it says there, so that a handler which saves
 * the whole body saves it as the caller's. Data of another organization further in is refused with 403.
 *
 * @throws ConfigurationError where the route is declared; and, as a 500, before a body parser
 */
export function orgStamp(field = 'org_id'): RequestHandler {
  const call = `orgStamp('${checkName('orgStamp', field)}')`;
  return orgGuard(call, (auth, req) => stampBody(auth, bodyOf(call, req), field));
}

/** A body that is there and not yet parsed would be let through unseen. */
function bodyOf(call: string, req: Request): unknown {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  if (hasBody && req.body === undefined) throw new ConfigurationError(call, 'must stand behind the body parser');
  return req.body;
}
