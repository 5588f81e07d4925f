import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Exchange, ServeExchange, Transport } from './exchange.js';
import { type BodyConnection, type HttpResponse, headersToSend, type StreamedBody } from './http-message.js';

const HOST = '127.0.0.1';
const PAUSE_MS = 50;

/** Listens on a port of 127.0.0.1; 0 picks a free one, which stays the same after `stop()` and `start()`. */
export async function createPortTransport(port: number, serve: ServeExchange): Promise<Transport> {
  const server = createServer((request, response) => void serve(createExchange(request, response)));

  const listen = (wanted: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, HOST, () => {
        server.off('error', reject);
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : wanted);
      });
    });
  const bound = await listen(port);

  return {
    origin: `http://${HOST}:${bound}`,
    // Looked up at each call: a test may patch the global fetch.
    fetch: (url, init) => globalThis.fetch(url, init),
    start: async () => {
      if (!server.listening) await listen(bound);
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function createExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const over = new AbortController();
  response.once('close', () => over.abort());
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  return {
    method: request.method ?? 'GET',
    path,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    // A client that leaves in the middle of its body receives no answer anyway.
    readBody: () => text(request).catch(() => ''),
    gone: over.signal,
    // A listening port cannot refuse one request, so both end in a reset.
    drop: () => request.socket.resetAndDestroy(),
    send: (answer) => send(answer, response, over.signal),
  };
}

async function send(answer: HttpResponse, response: ServerResponse, gone: AbortSignal): Promise<void> {
  response.writeHead(answer.status, headersToSend(answer));
  const { body } = answer;
  const sent = typeof body === 'string' ? finished(response.end(body)) : stream(body, response, gone);
  // Many tests are about clients that leave in the middle: not an error of the issuer.
  await sent.catch(() => undefined);
}

async function stream(body: StreamedBody, response: ServerResponse, gone: AbortSignal): Promise<void> {
  const connection: BodyConnection = { gone, pause: () => pause(gone) };
  const bytes = Readable.from(body.bytes(connection));
  if (body.contentEncoding === 'gzip') await pipeline(bytes, createGzip(), response);
  else await pipeline(bytes, response);
}

function pause(gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      gone.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, PAUSE_MS);
    timer.unref();
    gone.addEventListener('abort', done);
    if (gone.aborted) done();
  });
}
