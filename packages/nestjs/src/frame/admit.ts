import { type Auth, setCurrentAuth } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';

/** Whom a guard let in with a message, by the arguments of the call: they are the same object for guard and handler. */
const admitted = new WeakMap<object, Auth>();

/**
 * Makes `auth` the caller of what comes after the guard; undefined makes nobody the caller. Around an HTTP request a
 * frame is open, and it is filled here. Messages have none: `MessageFrameInterceptor` opens one, and finds here for whom.
 */
export function admit(context: ExecutionContext, auth: Auth | undefined): void {
  const type = context.getType<string>();
  if (type === 'http') {
    setCurrentAuth(auth);
    return;
  }
  // The fields of one GraphQL request share its frame and its token: a public one must not take the caller from others.
  if (type === 'graphql' && auth !== undefined) setCurrentAuth(auth);
  if (auth === undefined) admitted.delete(context.getArgs());
  else admitted.set(context.getArgs(), auth);
}

export const admittedWith = (context: ExecutionContext): Auth | undefined => admitted.get(context.getArgs());
