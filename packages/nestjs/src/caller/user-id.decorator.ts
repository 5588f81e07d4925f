import { requireUser } from '@connect-auth/core';
import { callerParameter } from './caller-parameter.js';

/** The user that the caller acts for, a string. Clients that act for themselves get 403 before the handler runs. */
export const UserId = callerParameter({
  call: '@UserId()',
  rule: requireUser,
  read: (auth) => auth.userId,
});
