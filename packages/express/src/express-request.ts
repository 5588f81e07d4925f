import type { Auth } from '@connect-auth/core';

declare global {
  namespace Express {
    interface Request {
      /**
       * The verified caller. Set behind `connectAuth()`; behind `connectAuth.optional()` it is undefined for anonymous
       * callers, and before either it is not there at all.
       */
      auth: Auth;
    }
  }
}
