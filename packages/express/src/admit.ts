import { type Auth, ConfigurationError, runWithAuth } from '@connect-auth/core';
import type { NextFunction, Request } from 'express';
import type { RequestState } from './request-state.js';

/** Goes on as the verified caller. */
export function admit(auth: Auth, state: RequestState, req: Request, next: NextFunction): void {
  // A verifier of somebody's own making may resolve to nothing.
  if (typeof auth?.subject !== 'string') {
    next(new ConfigurationError('verifier', 'must resolve to an Auth, or reject'));
    return;
  }
  state.auth = auth;
  req.auth = auth;
  runWithAuth(auth, next);
}
