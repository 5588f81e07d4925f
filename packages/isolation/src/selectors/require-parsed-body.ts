import { ConfigurationError } from '@connect-auth/core';
import { UnreadBodyError } from '@connect-auth/isolation';

/** The parts of a Node.js request that are read. */
interface BodyHead {
  readonly headers: { readonly [name: string]: unknown };
  /** Set by body-parser of Express 4 once it has read the body. */
  readonly _body?: unknown;
  readonly app?: object;
}

/**
 * Makes sure that a body on the wire was read before it is checked: one that a later parser reads, as with multipart
 * bodies, would go through unseen.
 *
 * @param call the call as its user wrote it: `orgBody('org_id')`
 * @throws UnreadBodyError (415) for a type that nothing here reads
 * @throws ConfigurationError for JSON, which something should have read, and for files, which something may read later
 */
export function requireParsedBody(call: string, request: BodyHead, body: unknown): void {
  if (!hasBody(request.headers)) return;
  const type = String(request.headers['content-type'] ?? '');
  const isEmpty = typeof body === 'object' && body !== null && Object.keys(body).length === 0;
  const isMultipart = /^multipart\//i.test(type);
  // body-parser 1, of Express 4, leaves an empty object if it has not read the body, and marks a body that it has read.
  const isLeft = isEmpty && isExpress4(request) && request._body !== true;
  if (body !== undefined && body !== null && !(isEmpty && isMultipart) && !isLeft) return;
  if (!isMultipart && !/^application\/json\s*(;|$)/i.test(type)) throw new UnreadBodyError();
  throw new ConfigurationError(call, 'must stand behind what reads the body, and found one that nobody has read');
}

const isExpress4 = ({ app }: BodyHead): boolean => app !== undefined && 'lazyrouter' in app;

const hasBody = (headers: BodyHead['headers']): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
