import { ConfigurationError, type RequestHead } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { graphqlRequest } from './graphql-request.js';
import { httpRequest } from './http-request.js';
import { rpcRequest } from './rpc-request.js';
import { wsRequest } from './ws-request.js';

/**
 * Returns the head of the request that a call belongs to, in one shape for every transport. Its Authorization header
 * carries the token.
 *
 * @throws ConfigurationError for a context of an unknown type, so that such a call is never let through
 */
export function requestOf(context: ExecutionContext): RequestHead {
  const type = context.getType<string>();
  switch (type) {
    case 'http':
      return httpRequest(context);
    case 'graphql':
      return graphqlRequest(context);
    case 'ws':
      return wsRequest(context);
    case 'rpc':
      return rpcRequest(context);
    default:
      throw new ConfigurationError('ConnectAuthGuard', `knows no contexts of the type ${type}: override getRequest()`);
  }
}
