import { checkText } from '@connect-auth/core/adapter';
import type { RequestHandler } from 'express';
import { declareOrg } from './org-declaration.js';

/**
 * Declares that a route has nothing to do with organizations, and why, for `checkOrgRoutes` and for readers of the
 * code. Allows every request.
 *
 * @throws ConfigurationError without a reason
 */
export function orgExempt(reason: string): RequestHandler {
  checkText('orgExempt() reason', reason);
  return declareOrg('orgExempt()', (_req, _res, next) => next());
}
