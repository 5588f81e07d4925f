import { type Auth, ConfigurationError, findCurrentAuth, framedRequest, setCurrentAuth } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { rawRequest } from '../request/http-request.js';

/** Whom a guard let in with a message, by the arguments of the call: they are the same object for guard and handler. */
const admitted = new WeakMap<object, Auth>();

/**
 * Makes `auth` the caller of what comes after the guard; undefined makes nobody the caller. Around an HTTP request a
 * frame is open, and it is filled here. Messages have none: `MessageFrameInterceptor` opens one, and finds here for whom.
 *
 * @throws ConfigurationError if it is another request's frame, or another caller's already
 */
export function admit(context: ExecutionContext, auth: Auth | undefined): void {
  const type = context.getType<string>();
  if (type === 'http') {
    setCurrentAuth(rawRequest(context.switchToHttp().getRequest<object | undefined>()), auth);
    return;
  }
  if (type === 'graphql' && auth !== undefined) admitField(auth);
  if (auth === undefined) admitted.delete(context.getArgs());
  else admitted.set(context.getArgs(), auth);
}

/**
 * The fields of one GraphQL request share its frame and its token: those without a guard are resolved as whoever was let
 * in, and a public one must not take the caller from the others.
 */
function admitField(auth: Auth): void {
  const request = framedRequest();
  if (request === undefined) return;
  const earlier = findCurrentAuth();
  if (earlier !== undefined && earlier.token !== auth.token) {
    throw new ConfigurationError(
      'ConnectAuthGuard',
      'found two tokens in one GraphQL request: its fields would mix them up',
    );
  }
  setCurrentAuth(request, auth);
}

export const admittedWith = (context: ExecutionContext): Auth | undefined => admitted.get(context.getArgs());
