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
   * Makes the error that a job fails with when it is not run, for a queue with a special error for jobs not to be
   * retried: `(error) => new UnrecoverableError(error.message)` for BullMQ. Must return an error. Default: the
   * `OrgEnvelopeError`.
   */
  readonly toFailure?: (error: OrgEnvelopeError) => Error;
  /** The current time in milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

/** The parties that a job is done for, from its envelope: as trustworthy as the token of the request that queued it. */
export interface OrgJobInfo {
  readonly orgId: OrgId;
  readonly clientId?: string;
  readonly subject?: string;
  readonly auditId?: string;
  /** When the job was queued, in seconds since the epoch. */
  readonly issuedAt: number;
}

/**
 * Makes the function of a worker: it runs each job for the organization that the job's envelope proves, wherever the
 * worker was started. Takes jobs as BullMQ hands them out, with the envelope as `data`, or bare envelopes. Leaves the
 * job unchanged, so that a retry, or a queue of failed jobs, has the same envelope.
 *
 * @param handler receives the data, the parties it is for, and whatever the queue hands out, the job first. BullMQ
 * hands out its AbortSignal only to a handler that declares all five parameters
 * @throws ConfigurationError for an option that is unknown or of the wrong kind. The function rejects with an
 * `OrgEnvelopeError`, or the error that `toFailure` makes of it, before the handler is called, for a job that is not
 * proven to be for an organization
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
    // A worker that was started in a request would otherwise stay in its frame, and be refused every other
    // organization.
    return runWithoutAuth(() =>
      withOrg(envelope.org, async () => handler(envelope.data as Data, toInfo(envelope), job, ...rest), { reason }),
    );
  };
  // BullMQ hands out its AbortSignal only to a function that declares three parameters.
  return Object.defineProperty(run, 'length', { value: Math.max(handler.length - envelopeParameters, 1) });
}

/** The first two parameters of a handler, of which a queue knows nothing. */
const envelopeParameters = 2;

/** Finds the envelope: the `data` of a queue's job, or the value itself if it has a signature beside its `data`. */
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
