import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AuditTrail, describeRequest } from '@connect-auth/isolation';
import type { HttpServer } from '@nestjs/common';
import { callerOf, watchRequest } from './watched-requests.js';

interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly ip?: string;
  readonly routeOptions?: { readonly url?: string };
}
interface FastifyReply {
  readonly raw: ServerResponse;
}
interface FastifyInstance {
  addHook(name: 'onRequest', hook: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void): unknown;
}
type ExpressRequest = IncomingMessage & { readonly ip?: string; readonly route?: { readonly path?: unknown } };

/** What is asked of a request when it is over: only then the router has found its route. */
interface Seen {
  readonly ip: string | undefined;
  readonly route: () => unknown;
}

/**
 * Puts every HTTP request on record when it is over: who, for which organization, what, and what was decided. In front of
 * everything else, so that requests which nothing lets in are on record, too.
 */
export function recordRequests(adapter: HttpServer, trail: AuditTrail): void {
  if (adapter.getType?.() === 'fastify') {
    const fastify = adapter.getInstance() as FastifyInstance;
    fastify.addHook('onRequest', (request, reply, done) => {
      watch(trail, request.raw, reply.raw, { ip: request.ip, route: () => request.routeOptions?.url });
      done();
    });
    return;
  }
  adapter.use((request: ExpressRequest, response: ServerResponse, next: () => void) => {
    watch(trail, request, response, { ip: request.ip, route: () => request.route?.path });
    next();
  });
}

function watch(trail: AuditTrail, request: IncomingMessage, response: ServerResponse, { ip, route }: Seen): void {
  watchRequest(request);
  const startedAt = process.hrtime.bigint();
  response.once('close', () => {
    const found = route();
    const user_agent = request.headers['user-agent'];
    trail.record(
      describeRequest({
        request,
        auth: callerOf(request),
        http: {
          method: request.method ?? 'GET',
          route: typeof found === 'string' ? found : '(unmatched)',
          status: response.statusCode,
          duration_ms: Number((process.hrtime.bigint() - startedAt) / 1_000_000n),
          ...idsOf(request),
        },
        network: { ...(ip !== undefined && { ip }), ...(user_agent !== undefined && { user_agent }) },
      }),
    );
  });
}

/** The caller wrote them: what is no short token, or no trace of W3C Trace Context §3.2, is not kept. */
function idsOf({ headers }: IncomingMessage): { request_id?: string; trace_id?: string } {
  const request_id = /^[\w.:-]{1,128}$/.exec(String(headers['x-request-id'] ?? ''))?.[0];
  const trace_id = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(headers.traceparent ?? ''))?.[1];
  return { ...(request_id !== undefined && { request_id }), ...(trace_id !== undefined && { trace_id }) };
}
