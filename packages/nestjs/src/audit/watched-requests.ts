import type { Auth } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { rawRequest } from '../request/http-request.js';

/** The requests that go on record when they are over, by that of Node.js, and whose token was good with each. */
const watched = new WeakMap<object, { auth: Auth | undefined }>();

export const watchRequest = (request: object): void => void watched.set(request, { auth: undefined });

/**
 * Who asked, for the record: also where they are refused for what they asked for. Of a request that nobody watches nothing
 * is kept.
 */
export function keepCaller(request: object | null | undefined, auth: Auth): void {
  const kept = request === null || request === undefined ? undefined : watched.get(request);
  if (kept !== undefined) kept.auth = auth;
}

export const callerOf = (request: object): Auth | undefined => watched.get(request)?.auth;

/** HTTP requests go on record; what else a guard stands before does not. */
export const requestOnRecord = (context: ExecutionContext): object | undefined =>
  context.getType() === 'http' ? rawRequest(context.switchToHttp().getRequest<object | undefined>()) : undefined;
