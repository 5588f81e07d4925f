import { ConfigurationError } from '@connect-auth/core';
import { UnreadBodyError } from '@connect-auth/isolation';

/** What is read of a request of Node.js. */
interface BodyHead {
  readonly headers: { readonly [name: string]: unknown };
  /** What body-parser of Express 4 leaves where it has read the body. */
  readonly _body?: unknown;
  readonly app?: object;
}

/**
 * Makes sure that a body which is on the wire was read before it is looked at: one that a later parser reads, as multipart
 * ones are, would be let through unseen.
 *
 * @param call how its user wrote it: `orgBody('org_id')`
 * @throws UnreadBodyError (415) for a type that nothing here reads
 * @throws ConfigurationError for JSON, which something should have read, and for files, which something may read later
 */
export function requireParsedBody(call: string, request: BodyHead, body: unknown): void {
  if (!hasBody(request.headers)) return;
  const type = String(request.headers['content-type'] ?? '');
  const isEmpty = typeof body === 'object' && body !== null && Object.keys(body).length === 0;
  const isMultipart = /^multipart\//i.test(type);
  // body-parser 1, of Express 4, leaves an empty object where it has not read the body; what it has read it marks.
  const isLeft = isEmpty && isExpress4(request) && request._body !== true;
  if (body !== undefined && body !== null && !(isEmpty && isMultipart) && !isLeft) return;
  if (!isMultipart && !/^application\/json\s*(;|$)/i.test(type)) throw new UnreadBodyError();
  throw new ConfigurationError(call, 'must stand behind what reads the body, and found one that nobody has read');
}

const isExpress4 = ({ app }: BodyHead): boolean => app !== undefined && 'lazyrouter' in app;

const hasBody = (headers: BodyHead['headers']): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
