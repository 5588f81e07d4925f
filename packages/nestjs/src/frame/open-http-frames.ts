import { recordOf, runInFrame } from '@connect-auth/core/adapter';
import type { HttpServer } from '@nestjs/common';
import { rawRequest } from '../request/http-request.js';

const opened = new WeakSet<object>();

/** The one hook of Fastify that is used. Earlier ones lose what they open while the body is read. */
interface FastifyInstance {
  addHook(name: 'preHandler', hook: (request: object, reply: unknown, done: () => void) => void): unknown;
}

/**
 * Opens a frame around every request, for guards to say who it is handled for. A guard cannot do so itself: it is over
 * before the handler starts. Once for an application, however many modules it has.
 */
export function openHttpFrames(adapter: HttpServer): void {
  if (opened.has(adapter)) return;
  opened.add(adapter);
  if (adapter.getType() === 'fastify') {
    const fastify = adapter.getInstance() as FastifyInstance;
    fastify.addHook('preHandler', (request, _reply, done) => runInFrame(recordOf(rawRequest(request)), done));
  } else {
    adapter.use((request: object, _response: unknown, next: () => void) =>
      runInFrame(recordOf(rawRequest(request)), next),
    );
  }
}
