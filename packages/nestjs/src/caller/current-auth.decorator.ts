import type { Auth } from '@connect-auth/core';
import { callerParameter } from './caller-parameter.js';

/** The verified caller, an `Auth`. On a route with `@OptionalAuth()` it is undefined for callers without a token. */
export const CurrentAuth = callerParameter({
  call: '@CurrentAuth()',
  takesNobody: true,
  read: (auth): Auth => auth,
});
