import { ConfigurationError, checkKnown } from '@connect-auth/core';
import { type AuditTrail, describeRequest } from '@connect-auth/isolation';
import type { Request, RequestHandler, Response } from 'express';
import { stateOf } from '../request-state.js';
import { routePattern } from './route-pattern.js';

export interface OrgAuditOptions {
  /** What a request does: `report.export`. Default: `project.read` where the type of the object is known, else `request.read`. */
  readonly action?: (req: Request) => string | undefined;
  /** Default: the header `X-Request-Id`, where it is a short token. */
  readonly requestId?: (req: Request) => string | undefined;
}

/**
 * Puts every request on record when it is over: who, for which organization, what, and what was decided. It stands in
 * front of `connectAuth()`, so that those which that refuses are on record, too.
 *
 * @throws ConfigurationError without a trail of `createAuditTrail()`
 */
export function orgAudit(trail: AuditTrail, options: OrgAuditOptions = {}): RequestHandler {
  checkKnown('orgAudit()', options, ['action', 'requestId']);
  if (typeof trail?.record !== 'function')
    throw new ConfigurationError('orgAudit()', 'takes what createAuditTrail() makes');
  return (req, res, next) => {
    const startedAt = process.hrtime.bigint();
    res.once('close', () => {
      const duration = Number((process.hrtime.bigint() - startedAt) / 1_000_000n);
      trail.record(describe(req, res, duration, options));
    });
    next();
  };
}

function describe(req: Request, res: Response, duration_ms: number, { action, requestId = headerId }: OrgAuditOptions) {
  const [request_id, trace_id, does] = [requestId(req), traceId(req), action?.(req)];
  const user_agent = req.get('user-agent');
  return describeRequest({
    request: req,
    auth: stateOf(req)?.auth,
    http: {
      method: req.method,
      route: routePattern(req),
      status: res.statusCode,
      ...(request_id !== undefined && { request_id }),
      ...(trace_id !== undefined && { trace_id }),
      duration_ms,
    },
    network: { ...(req.ip !== undefined && { ip: req.ip }), ...(user_agent !== undefined && { user_agent }) },
    ...(does !== undefined && { action: does }),
  });
}

/** The caller wrote it: what is no short token is not kept. */
const headerId = (req: Request): string | undefined => /^[\w.:-]{1,128}$/.exec(req.get('x-request-id') ?? '')?.[0];

/** W3C Trace Context §3.2: `version-traceid-parentid-flags`. */
const traceId = (req: Request): string | undefined =>
  /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(req.get('traceparent') ?? '')?.[1];
