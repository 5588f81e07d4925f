import { ConfigurationError, type RequestHead } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { graphqlRequest } from './graphql-request.js';
import { httpRequest } from './http-request.js';
import { rpcRequest } from './rpc-request.js';
import { wsRequest } from './ws-request.js';

/**
 * Where the token of a call is: one head for every transport, with the Authorization header among it.
 *
 * @throws ConfigurationError for a context that is not understood: whatever it is, it is not let through
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
