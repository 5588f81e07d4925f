import { ConfigurationError, type RequestHead } from '@connect-auth/core';
import { findRecord } from '@connect-auth/core/adapter';
import type { ExecutionContext } from '@nestjs/common';
import { type HttpRequest, headOf, rawRequest } from './http-request.js';
import { textsOf } from './texts-of.js';
import { withAuthorization } from './with-authorization.js';

/** The connection that an operation came over, as graphql-ws describes it. */
interface SocketContext {
  readonly connectionParams?: Readonly<Record<string, unknown>> | null;
  readonly extra?: { readonly request?: RequestHead };
}

/**
 * The third argument of a resolver. Nest puts the request there as `req`; over a socket, `req` is what graphql-ws knows
 * of the connection.
 */
interface GraphqlContext {
  readonly req?: HttpRequest & SocketContext;
}

/**
 * Returns the request's own head over HTTP. Over graphql-ws, returns the head of the upgrade, with `Authorization` from
 * `connectionParams` added because browsers cannot set the headers of an upgrade.
 */
export function graphqlRequest(context: ExecutionContext): RequestHead {
  const req = context.getArgByIndex<GraphqlContext | undefined>(2)?.req;
  if (req === undefined) {
    throw new ConfigurationError('ConnectAuthGuard', 'found no `req` in the GraphQL context: leave it there');
  }
  const upgrade = req.extra?.request;
  checkHandled(upgrade === undefined ? rawRequest(req) : undefined);
  return upgrade === undefined ? headOf(req) : withAuthorization(upgrade, fromParams(req.connectionParams ?? {}));
}

/**
 * Checks that a resolver was given the very request that is being handled; undefined means that there is none, as over
 * a socket. Nest 11 writes the request only once into the context that the application provides: if that is one object
 * for all requests, every later caller would be taken for the first one.
 *
 * @throws ConfigurationError
 */
function checkHandled(request: object | undefined): void {
  if (findRecord()?.request === request) return;
  throw new ConfigurationError('context', 'of GraphQLModule must be a function that makes a new object at each call');
}

const fromParams = (params: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(params).flatMap(([name, value]) => (name.toLowerCase() === 'authorization' ? textsOf(value) : []));
