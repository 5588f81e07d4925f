import { recordOf, runInFrame } from '@connect-auth/core/adapter';
import type { HttpServer } from '@nestjs/common';
import { rawRequest } from '../request/http-request.js';

const opened = new WeakSet<object>();

/** The only hook of Fastify in use. A frame that an earlier hook opens is lost while the body is read. */
interface FastifyInstance {
  addHook(name: 'preHandler', hook: (request: object, reply: unknown, done: () => void) => void): unknown;
}

/**
 * Opens a frame around every request, in which guards set the caller. A guard cannot open it itself, because the guard
 * is over before the handler starts. Done once for each application, however many modules it has.
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
