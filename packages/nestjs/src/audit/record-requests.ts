import type { IncomingMessage, ServerResponse } from 'node:http';
import { AuditOverflowError, type AuditSlot, type AuditTrail } from '@connect-auth/audit';
import { describeRequest, requestIdsIn } from '@connect-auth/audit/adapter';
import { toChallenge } from '@connect-auth/core';
import { type RequestRecord, recordOf } from '@connect-auth/core/adapter';
import type { HttpServer } from '@nestjs/common';
import { AuthException } from '../answer/auth.exception.js';

interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly ip?: string;
  readonly routeOptions?: { readonly url?: string };
}
interface FastifyReply {
  readonly raw: ServerResponse;
}
interface FastifyInstance {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void,
  ): unknown;
}
type ExpressRequest = IncomingMessage & { readonly ip?: string; readonly route?: { readonly path?: unknown } };

/**
 * Details of a request for its record. The route is read when the request is over, because only then has the router
 * found it.
 */
interface Seen {
  readonly ip: string | undefined;
  readonly route: () => unknown;
}

const recorded = new WeakMap<HttpServer, Set<AuditTrail>>();

/**
 * Records every HTTP request when it is over: who called, for which organization, what was called, and what was
 * decided. Installed in front of everything else, so that requests which nothing admits are recorded, too. Done once
 * for each application and trail.
 */
export function recordRequests(adapter: HttpServer, trail: AuditTrail): void {
  const trails = recorded.get(adapter) ?? new Set();
  if (trails.has(trail)) return;
  recorded.set(adapter, trails.add(trail));
  if (adapter.getType?.() === 'fastify') {
    const fastify = adapter.getInstance() as FastifyInstance;
    fastify.addHook('onRequest', (request, reply, done) => {
      const seen = { ip: request.ip, route: () => request.routeOptions?.url };
      done(watch(trail, request.raw, reply.raw, seen));
    });
    return;
  }
  adapter.use((request: ExpressRequest, response: ServerResponse, next: (error?: Error) => void) => {
    next(watch(trail, request, response, { ip: request.ip, route: () => request.route?.path }));
  });
}

/** @returns the exception that refuses a request for which the trail has no room: nothing may be done unrecorded */
function watch(
  trail: AuditTrail,
  request: IncomingMessage,
  response: ServerResponse,
  { ip, route }: Seen,
): Error | undefined {
  const reserved = reserve(trail, response);
  if ('refusal' in reserved) return reserved.refusal;
  const record = recordOf(request);
  const startedAt = process.hrtime.bigint();
  response.once('close', () => {
    const found = route();
    const user_agent = request.headers['user-agent'];
    const durationMs = Number((process.hrtime.bigint() - startedAt) / 1_000_000n);
    reserved.slot.record(
      describeRequest(record, {
        http: {
          method: request.method ?? 'GET',
          route: typeof found === 'string' ? found : routeless(record),
          ...(response.writableFinished && { status: response.statusCode }),
          ...requestIdsIn(request.headers),
          duration_ms: durationMs,
        },
        network: { ...(ip !== undefined && { ip }), ...(user_agent !== undefined && { user_agent }) },
      }),
    );
  });
  return undefined;
}

/** Names a request for which the router found no route. */
const routeless = ({ isGraphql }: RequestRecord): string => (isGraphql ? '(graphql)' : '(unmatched)');

type Reserved = { readonly slot: AuditSlot } | { readonly refusal: Error };

/**
 * Reserves room in the trail, or refuses with 503, to be tried again: nothing may be done that could not be recorded.
 */
function reserve(trail: AuditTrail, response: ServerResponse): Reserved {
  try {
    return { slot: trail.reserve() };
  } catch (error) {
    if (!(error instanceof AuditOverflowError)) return { refusal: error as Error };
    const challenge = toChallenge(error);
    for (const [name, value] of Object.entries(challenge.headers)) {
      if (name !== 'Content-Type') response.setHeader(name, value);
    }
    return { refusal: new AuthException(error, challenge) };
  }
}
