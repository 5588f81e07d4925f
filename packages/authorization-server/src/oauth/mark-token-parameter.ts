import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { markToken } from './engine/marked-token.js';
import { routes } from './engine/routes.js';

/** The limit of the engine itself. */
const maxBytes = 56 * 1024;

const lookups = [routes.introspection, routes.revocation].map((path) => new RegExp(`^${path}/?$`, 'i'));

/** Tells whether the engine looks a token up for this request. */
export const isTokenLookup = (method: string | undefined, path: string): boolean =>
  method === 'POST' && lookups.some((lookup) => lookup.test(path));

/**
 * Marks the `token` of the form, and sets its type, so that the engine does not look for every kind.
 *
 * @returns false for a body that is too large, which was not read to its end
 */
export async function markTokenParameter(req: IncomingMessage): Promise<boolean> {
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    received += (chunk as Buffer).length;
    if (received > maxBytes) return false;
    chunks.push(chunk as Buffer);
  }
  replaceBody(req, mark(Buffer.concat(chunks)));
  return true;
}

/** Keeps a form unchanged that has no token or several, which the engine refuses. */
function mark(body: Buffer): Buffer {
  const form = new URLSearchParams(body.toString('utf8'));
  const [token, ...more] = form.getAll('token');
  if (token === undefined || more.length > 0) return body;
  const marked = markToken(token);
  form.set('token', marked);
  form.set('token_type_hint', marked === token ? 'refresh_token' : 'access_token');
  return Buffer.from(form.toString());
}

/** Makes later readers receive this body, because a request can be read only once. */
function replaceBody(req: IncomingMessage, body: Buffer): void {
  req.headers['content-length'] = String(body.length);
  delete req.headers['transfer-encoding'];
  Object.defineProperties(req, {
    readable: { value: true },
    iterator: { value: () => Readable.from([body])[Symbol.asyncIterator]() },
  });
}
