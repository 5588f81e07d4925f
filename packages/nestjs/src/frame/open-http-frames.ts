import { runWithoutAuth } from '@connect-auth/core';
import type { HttpServer } from '@nestjs/common';
import { requestsAreKept, runHandling } from './handled-request.js';

const opened = new WeakSet<object>();

/** A request of Express, or of Fastify, which wraps the one of Node.js. */
interface HandledRequest {
  readonly raw?: object;
}

/** The one hook of Fastify that is used. Earlier ones lose what they open while the body is read. */
interface FastifyInstance {
  addHook(name: 'preHandler', hook: (request: HandledRequest, reply: unknown, done: () => void) => void): unknown;
}

/**
 * Opens a frame around every request, for guards to say who it is handled for. A guard cannot do so itself: it is over
 * before the handler starts. Once for an application, however many modules it has.
 */
export function openHttpFrames(adapter: HttpServer): void {
  if (opened.has(adapter)) return;
  opened.add(adapter);
  const open = requestsAreKept()
    ? (request: HandledRequest, next: () => void) => runHandling(request.raw ?? request, () => runWithoutAuth(next))
    : (_request: HandledRequest, next: () => void) => runWithoutAuth(next);
  if (adapter.getType() === 'fastify') {
    (adapter.getInstance() as FastifyInstance).addHook('preHandler', (request, _reply, done) => open(request, done));
  } else {
    adapter.use((request: HandledRequest, _response: unknown, next: () => void) => open(request, next));
  }
}
