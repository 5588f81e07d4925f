import { createConnectionError } from './connection-error.js';
import type { ServeExchange, Transport } from './exchange.js';
import { headersToSend } from './http-message.js';
import { createMemoryBody } from './memory-body.js';

const MAX_REDIRECTS = 20;

/** Creates a `fetch` that hands requests to the issuer directly: nothing listens, and no byte leaves the process. */
export function createMemoryTransport(origin: string, serve: ServeExchange): Transport {
  let running = true;
  const openExchanges = new Set<(reason: unknown) => void>();

  function exchange(request: Request, body: Promise<string>, signal: AbortSignal | undefined): Promise<Response> {
    return new Promise((resolve, reject) => {
      const over = new AbortController();
      let breakBody: ((reason: unknown) => void) | undefined;
      const breakOff = (reason: unknown) => {
        over.abort();
        breakBody?.(reason);
        reject(reason);
      };
      signal?.addEventListener('abort', () => breakOff(signal.reason), { once: true, signal: over.signal });
      openExchanges.add(breakOff);

      serve({
        method: request.method,
        path: new URL(request.url).pathname,
        headers: Object.fromEntries(request.headers),
        readBody: () => body,
        gone: over.signal,
        drop: (how) => breakOff(createConnectionError(how === 'reset' ? 'ECONNRESET' : 'ECONNREFUSED')),
        send: async (answer) => {
          // As from the real fetch: the body is decoded, and the header that names its encoding stays.
          const init = { status: answer.status, headers: headersToSend(answer) };
          if (typeof answer.body === 'string') return resolve(new Response(answer.body, init));
          const memoryBody = createMemoryBody(answer.body);
          breakBody = memoryBody.break;
          resolve(new Response(memoryBody.stream, init));
          await memoryBody.finished;
        },
      })
        .catch(reject)
        .finally(() => {
          openExchanges.delete(breakOff);
          over.abort();
        });
    });
  }

  async function fetchFromMemory(url: string, init: RequestInit = {}): Promise<Response> {
    const { signal, ...rest } = init;
    signal?.throwIfAborted();
    let request = new Request(url, rest);
    const body = request.text();
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      if (!running || new URL(request.url).origin !== origin) throw createConnectionError('ECONNREFUSED');
      const response = await exchange(request, body, signal ?? undefined);
      const location = response.headers.get('location');
      if (location === null || request.redirect === 'manual') return response;
      if (request.redirect === 'error') throw createConnectionError('ERR_REDIRECT');
      const { method, headers } = request;
      // Fetch §4.4: a 302 turns POST into GET, a 307 repeats the request as it was.
      const repeated = response.status === 307 && method !== 'GET' ? { method, body: await body } : {};
      request = new Request(new URL(location, request.url), { headers, ...repeated });
    }
    throw createConnectionError('ERR_REDIRECT');
  }

  return {
    origin,
    fetch: fetchFromMemory,
    start: async () => {
      running = true;
    },
    stop: async () => {
      running = false;
      for (const breakOff of openExchanges) breakOff(createConnectionError('ECONNRESET'));
    },
  };
}
