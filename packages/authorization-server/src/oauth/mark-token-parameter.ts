import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { markToken } from './engine/marked-token.js';
import { routes } from './engine/routes.js';

/** What the engine itself reads at most. */
const maxBytes = 56 * 1024;

const lookups = [routes.introspection, routes.revocation].map((path) => new RegExp(`^${path}/?$`, 'i'));

/** Whether the engine looks a token up here. */
export const isTokenLookup = (method: string | undefined, path: string): boolean =>
  method === 'POST' && lookups.some((lookup) => lookup.test(path));

/**
 * Marks the `token` of the form, and says what kind it is where the caller has not: the engine would look for every kind.
 *
 * @returns false for a body that is too large; it was not read to its end
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

/** A form is left as it is where it has no token, or several, which the engine refuses. */
function mark(body: Buffer): Buffer {
  const form = new URLSearchParams(body.toString('utf8'));
  const [token, ...more] = form.getAll('token');
  if (token === undefined || more.length > 0) return body;
  const marked = markToken(token);
  form.set('token', marked);
  form.set('token_type_hint', marked === token ? 'refresh_token' : 'access_token');
  return Buffer.from(form.toString());
}

/** A request can be read once: what reads it after this, reads this body. */
function replaceBody(req: IncomingMessage, body: Buffer): void {
  req.headers['content-length'] = String(body.length);
  delete req.headers['transfer-encoding'];
  Object.defineProperties(req, {
    readable: { value: true },
    iterator: { value: () => Readable.from([body])[Symbol.asyncIterator]() },
  });
}
