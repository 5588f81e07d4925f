import { IncomingMessage } from 'node:http';
import { ConfigurationError, type RequestHead } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { checkHandled } from '../frame/handled-request.js';
import { type HttpRequest, headOf } from './http-request.js';
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
  const head = upgrade ?? headOf(req);
  // What the application made of a request itself is its own affair.
  if (head instanceof IncomingMessage) checkHandled(upgrade === undefined ? head : undefined);
  return upgrade === undefined ? head : withAuthorization(upgrade, fromParams(req.connectionParams ?? {}));
}

const fromParams = (params: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(params).flatMap(([name, value]) => (name.toLowerCase() === 'authorization' ? textsOf(value) : []));
