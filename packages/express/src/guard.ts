import { type Auth, ConfigurationError, MissingTokenError } from '@connect-auth/core';
import { type AccessRule, type Protection, type RequestRecord, recordOf } from '@connect-auth/core/adapter';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { admit } from './admit.js';
import { refuse } from './send-challenge.js';
import { settle } from './settle.js';

/** A request behind `connectAuth`. Guards read its record and not `req.auth`, which any middleware may overwrite. */
interface GuardedRequest {
  readonly record: RequestRecord;
  readonly protection: Protection;
  readonly req: Request;
}

/** Returns the caller to go on as, or throws the error that refuses the current one. */
type Check = (auth: Auth, request: GuardedRequest) => Auth | Promise<Auth>;

/**
 * Makes a middleware that allows only verified callers. Without `connectAuth` before it, every request fails.
 *
 * @param call the call as its user wrote it: `requireScopes()`
 */
export function guard(call: string, check: Check): RequestHandler {
  return (req: Request, res: Response, next: NextFunction): void => {
    const record = recordOf(req);
    const { protection } = record;
    if (protection === undefined) {
      next(new ConfigurationError(call, 'needs connectAuth() before it'));
      return;
    }
    settle(
      () => check(requireCaller(record), { record, protection, req }),
      (auth) => (auth === record.caller ? next() : admit(auth, record, req, next)),
      (error) => refuse(error, protection, req, res, next),
    );
  };
}

/** Makes a guard that checks a rule of the caller and changes nothing. */
export const ruleGuard = (call: string, rule: AccessRule): RequestHandler =>
  guard(call, (auth, { record }) => {
    rule(auth);
    record.meet(rule);
    return auth;
  });

/** Returns the caller, or throws if there is none, as may happen behind `connectAuth.optional()`. */
function requireCaller({ caller }: RequestRecord): Auth {
  if (caller === undefined) throw new MissingTokenError();
  return caller;
}
