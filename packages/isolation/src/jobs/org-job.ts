import { ConfigurationError } from '@connect-auth/core';
import { checkKnown, checkText, runWithoutAuth } from '@connect-auth/core/adapter';
import type { OrgId } from '../frame/org-id.js';
import { withOrg } from '../frame/with-org.js';
import { checkClock } from './check-clock.js';
import { type EnvelopeKey, toKeyRing } from './envelope-keys.js';
import { openEnvelope, type VerifiedEnvelope } from './open-envelope.js';
import { OrgEnvelopeError } from './org-envelope-error.js';

export interface OrgJobOptions {
  /** Every key that envelopes may be signed with; the order does not matter here. */
  readonly keys: readonly EnvelopeKey[];
  /** As in `orgEnvelope`. Default: none, and envelopes that have one are refused. */
  readonly purpose?: string;
  /**
   * What a job that is not run fails with, where the queue has an error for what is not to be tried again:
   * `(error) => new UnrecoverableError(error.message)` for BullMQ. It has to give an error. Default: the `OrgEnvelopeError`.
   */
  readonly toFailure?: (error: OrgEnvelopeError) => Error;
  /** The current time in milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

/** For whom a job is done. From its envelope, and as good as the token of the request that queued it. */
export interface OrgJobInfo {
  readonly orgId: OrgId;
  readonly clientId?: string;
  readonly subject?: string;
  readonly auditId?: string;
  /** When it was queued, in seconds since the epoch. */
  readonly issuedAt: number;
}

/**
 * The function of a worker, which runs each job for the organization that its envelope proves, wherever the worker was
 * started. Takes jobs as BullMQ hands them out, with the envelope as `data`, or envelopes by themselves. The job is left
 * as it is, so that a retry, or a queue of what failed, has the same envelope.
 *
 * @param handler gets the data, for whom it is, and what the queue hands out: the job first. BullMQ hands out its
 * AbortSignal only to one that names all five of its parameters
 * @throws ConfigurationError for an option that is unknown or of the wrong kind. The function rejects with an
 * `OrgEnvelopeError`, or what `toFailure` makes of it, before the handler is called, for a job that is not proven to be
 * for an organization
 */
export function orgJob<Data = unknown, Result = unknown, Job = unknown, Rest extends readonly unknown[] = []>(
  handler: (data: Data, info: OrgJobInfo, job: Job, ...rest: Rest) => Promise<Result>,
  options: OrgJobOptions,
): (job: Job, ...rest: Rest) => Promise<Result> {
  if (typeof handler !== 'function') throw new ConfigurationError('orgJob()', 'takes an async function');
  checkKnown('orgJob()', options, ['keys', 'purpose', 'toFailure', 'now']);
  const { purpose, toFailure = (error) => error, now = () => Date.now() } = options;
  if (typeof toFailure !== 'function') throw new ConfigurationError('toFailure', 'must be a function');
  if (purpose !== undefined) checkText('purpose', purpose);
  checkClock(now);
  const keys = toKeyRing(options.keys);
  const reason = purpose === undefined ? 'job' : `job:${purpose}`;
  function open(job: Job): VerifiedEnvelope {
    try {
      return openEnvelope(envelopeOf(job), { keys, purpose, now });
    } catch (error) {
      throw error instanceof OrgEnvelopeError ? toFailure(error) : error;
    }
  }
  const run = async (job: Job, ...rest: Rest): Promise<Result> => {
    const envelope = open(job);
    // A worker that was started in a request would go on in its frame, and be refused every other organization.
    return runWithoutAuth(() =>
      withOrg(envelope.org, async () => handler(envelope.data as Data, toInfo(envelope), job, ...rest), { reason }),
    );
  };
  // BullMQ hands out its AbortSignal only to a function that declares three parameters.
  return Object.defineProperty(run, 'length', { value: Math.max(handler.length - envelopeParameters, 1) });
}

/** The first two of a handler, which a queue does not know of. */
const envelopeParameters = 2;

/** A job of a queue has its envelope as `data`; an envelope by itself has a signature beside its `data`. */
function envelopeOf(job: unknown): unknown {
  if (typeof job !== 'object' || job === null || Object.hasOwn(job, 'sig')) return job;
  return (job as { data?: unknown }).data;
}

const toInfo = ({ org, client_id: clientId, sub, audit_id: auditId, iat }: VerifiedEnvelope): OrgJobInfo => ({
  orgId: org,
  ...(clientId !== undefined && { clientId }),
  ...(sub !== undefined && { subject: sub }),
  ...(auditId !== undefined && { auditId }),
  issuedAt: iat,
});
