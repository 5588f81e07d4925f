import { type Auth, ConfigurationError, MissingTokenError } from '@connect-auth/core';
import { type AccessRule, type Protection, type RequestRecord, recordOf } from '@connect-auth/core/adapter';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { admit } from './admit.js';
import { refuse } from './send-challenge.js';
import { settle } from './settle.js';

/** A request behind `connectAuth`. Guards read its record and not `req.auth`, which any middleware may write. */
interface GuardedRequest {
  readonly record: RequestRecord;
  readonly protection: Protection;
  readonly req: Request;
}

/** Returns the caller to go on as, or throws the error that refuses the one there is. */
type Check = (auth: Auth, request: GuardedRequest) => Auth | Promise<Auth>;

/**
 * Makes a middleware that only verified callers get past. Where no `connectAuth` stands before it, every request fails.
 *
 * @param call how its user wrote it: `requireScopes()`
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

/** Makes a guard that asks something of the caller and changes nothing. */
export const ruleGuard = (call: string, rule: AccessRule): RequestHandler =>
  guard(call, (auth, { record }) => {
    rule(auth);
    record.meet(rule);
    return auth;
  });

/** Behind `connectAuth.optional()` there may be nobody. */
function requireCaller({ caller }: RequestRecord): Auth {
  if (caller === undefined) throw new MissingTokenError();
  return caller;
}
