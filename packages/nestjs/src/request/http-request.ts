import { ConfigurationError, type RequestHead } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';

/** A request of Express, or of Fastify, which wraps the Node.js request as `raw`. */
export interface HttpRequest extends RequestHead {
  readonly raw?: RequestHead;
}

/** Returns Node.js's own request, whose identity tells one request from another. */
export const rawRequest = <Request extends object | undefined>(request: Request): object | Request =>
  (request as { readonly raw?: object } | undefined | null)?.raw ?? request;

export const httpRequest = (context: ExecutionContext): RequestHead =>
  headOf(context.switchToHttp().getRequest<HttpRequest | undefined>());

/** @throws ConfigurationError if there are no headers to read: that does not count as a request without a token */
export function headOf(request: HttpRequest | undefined): RequestHead {
  // Prefer Node.js's own request: only its `rawHeaders` reveal a second Authorization header.
  const head = request?.raw ?? request;
  if (typeof head?.headers !== 'object' || head.headers === null) {
    throw new ConfigurationError('ConnectAuthGuard', 'found no request with headers: override getRequest()');
  }
  return head;
}
