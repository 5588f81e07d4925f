import { type AccessRule, type Auth, ConfigurationError, MissingTokenError } from '@connect-auth/core';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { admit } from './admit.js';
import { type RequestState, stateOf } from './request-state.js';
import { refuse } from './send-challenge.js';
import { settle } from './settle.js';

/** Returns the caller to go on as, or throws the error that refuses the one there is. */
type Check = (auth: Auth, state: RequestState, req: Request) => Auth | Promise<Auth>;

/**
 * Makes a middleware that only verified callers get past. Where no `connectAuth` stands before it, every request fails.
 *
 * @param call how its user wrote it: `requireScopes()`
 */
export function guard(call: string, check: Check): RequestHandler {
  return (req: Request, res: Response, next: NextFunction): void => {
    const state = stateOf(req);
    if (state === undefined) {
      next(new ConfigurationError(call, 'needs connectAuth() before it'));
      return;
    }
    settle(
      () => check(requireCaller(state), state, req),
      (auth) => (auth === state.auth ? next() : admit(auth, state, req, next)),
      (error) => refuse(error, state, req, res, next),
    );
  };
}

/** A guard that asks something of the caller and changes nothing. */
export const ruleGuard = (call: string, rule: AccessRule): RequestHandler =>
  guard(call, (auth, { passedRules }) => {
    rule(auth);
    passedRules.push(rule);
    return auth;
  });

/** Behind `connectAuth.optional()` there may be nobody. */
function requireCaller({ auth }: RequestState): Auth {
  if (auth === undefined) throw new MissingTokenError();
  return auth;
}
