import { AuditOverflowError, type AuditSlot, type AuditTrail } from '@connect-auth/audit';
import { describeRequest, requestIdsIn } from '@connect-auth/audit/adapter';
import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, recordOf } from '@connect-auth/core/adapter';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { sendChallenge } from '../send-challenge.js';
import { routePattern } from './route-pattern.js';

export interface OrgAuditOptions {
  /**
   * Names the action of a request: `report.export`. Default, also if it throws: `project.read` if the type of the
   * object is known, else `request.read`.
   */
  readonly action?: (req: Request) => string | undefined;
}

/**
 * Records every request when it is over: who, for which organization, what, and what was decided. Belongs before
 * `connectAuth()`, so that requests refused there are recorded, too. If the trail has no room and refuses (`overflow:
 * 'refuse'`), the request is answered 503 before anything is done.
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
    const { ip } = req; // A closed socket no longer tells its address.
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

/** Ignores errors, because the request is over and nobody is left to hear of them. */
function actionOf(req: Request, { action }: OrgAuditOptions): string | undefined {
  try {
    return action?.(req);
  } catch {
    return undefined;
  }
}
