import { ConfigurationError, type RequestHead } from '@connect-auth/core';
import { findRecord } from '@connect-auth/core/adapter';
import type { ExecutionContext } from '@nestjs/common';
import { type HttpRequest, headOf, rawRequest } from './http-request.js';
import { textsOf } from './texts-of.js';
import { withAuthorization } from './with-authorization.js';

/** What graphql-ws knows of the connection that an operation came over. */
interface SocketContext {
  readonly connectionParams?: Readonly<Record<string, unknown>> | null;
  readonly extra?: { readonly request?: RequestHead };
}

/** The third argument of a resolver. Nest puts the request there as `req`; over a socket, what graphql-ws knows. */
interface GraphqlContext {
  readonly req?: HttpRequest & SocketContext;
}

/**
 * Over HTTP the request's own head. Over graphql-ws the head of the upgrade, and since browsers cannot set its headers,
 * `Authorization` in `connectionParams` as well.
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
 * Makes sure that a resolver was given the very request that is being handled; undefined stands for none, as over a
 * socket. Nest 11 writes the request into the context that the application gives, once: where that is one object for
 * all, whoever comes later would be taken for the first caller.
 *
 * @throws ConfigurationError
 */
function checkHandled(request: object | undefined): void {
  if (findRecord()?.request === request) return;
  throw new ConfigurationError('context', 'of GraphQLModule must be a function that makes a new object at each call');
}

const fromParams = (params: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(params).flatMap(([name, value]) => (name.toLowerCase() === 'authorization' ? textsOf(value) : []));
