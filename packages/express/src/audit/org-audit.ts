import { AuditOverflowError, type AuditSlot, type AuditTrail } from '@connect-auth/audit';
import { describeRequest, requestIdsIn } from '@connect-auth/audit/adapter';
import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, recordOf } from '@connect-auth/core/adapter';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { sendChallenge } from '../send-challenge.js';
import { routePattern } from './route-pattern.js';

export interface OrgAuditOptions {
  /**
   * What a request does: `report.export`. Default, and where it throws: `project.read` where the type of the object is
   * known, else `request.read`.
   */
  readonly action?: (req: Request) => string | undefined;
}

/**
 * Puts every request on record when it is over: who, for which organization, what, and what was decided. It stands in
 * front of `connectAuth()`, so that those which that refuses are on record, too. Where the trail has no room and refuses
 * (`overflow: 'refuse'`), the request is answered 503 before anything is done.
 *
 * @throws ConfigurationError without a trail of `createAuditTrail()`
 */
export function orgAudit(trail: AuditTrail, options: OrgAuditOptions = {}): RequestHandler {
  checkKnown('orgAudit()', options, ['action']);
  if (typeof trail?.reserve !== 'function')
    throw new ConfigurationError('orgAudit()', 'takes what createAuditTrail() makes');
  if (options.action !== undefined && typeof options.action !== 'function') {
    throw new ConfigurationError('orgAudit() action', 'must be a function');
  }
  return (req, res, next) => {
    const slot = reserve(trail, res, next);
    if (slot === undefined) return;
    const startedAt = process.hrtime.bigint();
    const { ip } = req; // A socket that is closed does not tell any more.
    res.once('close', () => {
      const durationMs = Number((process.hrtime.bigint() - startedAt) / 1_000_000n);
      slot.record(describe(req, res, { ip, durationMs, options }));
    });
    next();
  };
}

function reserve(trail: AuditTrail, res: Response, next: NextFunction): AuditSlot | undefined {
  try {
    return trail.reserve();
  } catch (error) {
    if (error instanceof AuditOverflowError) sendChallenge(error, {}, res);
    else next(error);
    return undefined;
  }
}

interface Seen {
  readonly ip: string | undefined;
  readonly durationMs: number;
  readonly options: OrgAuditOptions;
}

function describe(req: Request, res: Response, { ip, durationMs, options }: Seen) {
  const action = actionOf(req, options);
  const user_agent = req.get('user-agent');
  return describeRequest(recordOf(req), {
    http: {
      method: req.method,
      route: routePattern(req),
      ...(res.writableFinished && { status: res.statusCode }),
      ...requestIdsIn(req.headers),
      duration_ms: durationMs,
    },
    network: { ...(ip !== undefined && { ip }), ...(user_agent !== undefined && { user_agent }) },
    ...(action !== undefined && { action }),
  });
}

/** Nobody is there any more to hear of an error. */
function actionOf(req: Request, { action }: OrgAuditOptions): string | undefined {
  try {
    return action?.(req);
  } catch {
    return undefined;
  }
}
