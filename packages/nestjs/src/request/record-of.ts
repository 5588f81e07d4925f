import { findRecord, type RequestRecord, recordOf } from '@connect-auth/core/adapter';
import type { ExecutionContext } from '@nestjs/common';
import { rawRequest } from './http-request.js';

/**
 * Returns the record of the request that a call belongs to: over HTTP, the request's own; in a GraphQL query, that of
 * the HTTP request, which all fields share; for a message, that of the message itself. Each event of a GraphQL
 * subscription counts by itself, even over HTTP, since the request that opened the subscription may be hours old.
 */
export function recordOfRequest(context: ExecutionContext): RequestRecord {
  const isQuery = context.getType<string>() === 'graphql' && !isSubscription(context);
  return (isQuery ? findRecord() : undefined) ?? recordOfCall(context);
}

/**
 * Returns the record of a call: of the request over HTTP, otherwise of the arguments, which the guard and the handler
 * both receive.
 */
export function recordOfCall(context: ExecutionContext): RequestRecord {
  const request = context.getType() === 'http' ? httpRequestOf(context) : undefined;
  return recordOf(request ?? context.getArgs());
}

/**
 * Returns the record of an HTTP request, including one for GraphQL: these are audited when they are over. Returns
 * undefined for other calls that a guard sees, which are not audited.
 */
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

/**
 * Whether a call belongs to a subscription: graphql-js passes the operation to each resolver in its fourth argument.
 */
const isSubscription = (context: ExecutionContext): boolean =>
  context.getArgByIndex<{ operation?: { operation?: unknown } } | undefined>(3)?.operation?.operation ===
  'subscription';
