import { type Auth, framedRequest } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { rawRequest } from '../request/http-request.js';

interface Watched {
  /** Whose token was good. */
  auth?: Auth;
  /** It asks for fields: Nest has no route for it, and the router of Express none either. */
  isGraphql: boolean;
}

/** The requests that go on record when they are over, by that of Node.js. */
const watched = new WeakMap<object, Watched>();

export const watchRequest = (request: object): void => void watched.set(request, { isGraphql: false });

/**
 * Who asked, for the record: also where they are refused for what they asked for. Of a request that nobody watches nothing
 * is kept.
 */
export function keepCaller(request: object | null | undefined, auth: Auth): void {
  const kept = watchedOf(request);
  if (kept !== undefined) kept.auth = auth;
}

/** The request that a guard was asked about, where it goes on record: also of callers that are nobody. */
export function guardedRequest(context: ExecutionContext): object | undefined {
  const request = requestOnRecord(context);
  const kept = watchedOf(request);
  if (kept !== undefined) kept.isGraphql ||= context.getType<string>() === 'graphql';
  return request;
}

const watchedOf = (request: object | null | undefined): Watched | undefined =>
  request === null || request === undefined ? undefined : watched.get(request);

export const callerOf = (request: object): Auth | undefined => watched.get(request)?.auth;

/** What a request that the router found no route for is called on record. */
export const routeless = (request: object): string => (watched.get(request)?.isGraphql ? '(graphql)' : '(unmatched)');

/** HTTP requests go on record, those for GraphQL among them; what else a guard stands before does not. */
export function requestOnRecord(context: ExecutionContext): object | undefined {
  const type = context.getType<string>();
  if (type === 'graphql') return framedRequest();
  return type === 'http' ? rawRequest(context.switchToHttp().getRequest<object | undefined>()) : undefined;
}
