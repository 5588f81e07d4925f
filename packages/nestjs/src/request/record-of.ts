import { findRecord, type RequestRecord, recordOf } from '@connect-auth/core/adapter';
import type { ExecutionContext } from '@nestjs/common';
import { rawRequest } from './http-request.js';

/**
 * Returns the record of the request that a call belongs to: its own over HTTP; that of the HTTP request which all fields
 * of a GraphQL query share; for messages that of the message itself. Events of a GraphQL subscription count by
 * themselves, also over HTTP: the request that they came with may be hours old.
 */
export function recordOfRequest(context: ExecutionContext): RequestRecord {
  const isQuery = context.getType<string>() === 'graphql' && !isSubscription(context);
  return (isQuery ? findRecord() : undefined) ?? recordOfCall(context);
}

/** Returns the record of a call: of the request over HTTP, else of the arguments, which guard and handler are both given. */
export function recordOfCall(context: ExecutionContext): RequestRecord {
  const request = context.getType() === 'http' ? httpRequestOf(context) : undefined;
  return recordOf(request ?? context.getArgs());
}

/** HTTP requests go on record when they are over, those for GraphQL among them; other calls that a guard sees do not. */
export function recordOfHttp(context: ExecutionContext): RequestRecord | undefined {
  const type = context.getType<string>();
  if (type === 'graphql') return findRecord();
  const request = type === 'http' ? httpRequestOf(context) : undefined;
  return request && recordOf(request);
}

function httpRequestOf(context: ExecutionContext): object | undefined {
  const request = rawRequest(context.switchToHttp().getRequest<object | undefined>());
  return typeof request === 'object' && request !== null ? request : undefined;
}

/** graphql-js tells each resolver the operation, in its fourth argument. */
const isSubscription = (context: ExecutionContext): boolean =>
  context.getArgByIndex<{ operation?: { operation?: unknown } } | undefined>(3)?.operation?.operation ===
  'subscription';
