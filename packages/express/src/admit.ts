import { type Auth, checkAuth, runWithAuth } from '@connect-auth/core';
import type { NextFunction, Request } from 'express';
import type { RequestState } from './request-state.js';

/** Goes on as the verified caller. */
export function admit(auth: Auth, state: RequestState, req: Request, next: NextFunction): void {
  try {
    checkAuth(auth);
  } catch (error) {
    next(error);
    return;
  }
  state.auth = auth;
  req.auth = auth;
  runWithAuth(auth, next);
}
