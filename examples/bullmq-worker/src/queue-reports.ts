import { randomUUID } from 'node:crypto';
import { type EnvelopeKey, type OrgEnvelope, orgEnvelope, orgKey } from '@connect-auth/isolation';
import type { Job, JobsOptions, Queue } from 'bullmq';
import type { Report, ReportRequest } from './report.js';

export type ReportQueue = Queue<OrgEnvelope<ReportRequest>, Report>;
export type ReportJob = Job<OrgEnvelope<ReportRequest>, Report>;

/** Failed jobs are tried again; finished ones are kept, so that their progress can be read. */
const jobOptions: JobsOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: { age: 86_400 },
  removeOnFail: { age: 604_800 },
};

/**
 * Queues a report for the organization of the frame.
 *
 * @throws OrgContextError `org_context_missing` outside a frame, in which case nothing is queued
 */
export async function queueReport(
  queue: ReportQueue,
  request: ReportRequest,
  keys: readonly EnvelopeKey[],
  options: JobsOptions = {},
): Promise<ReportJob> {
  return queue.add('report', orgEnvelope(request, { keys, purpose: 'report' }), {
    ...jobOptions,
    // Not a sequential number, which would tell how many reports other organizations request.
    jobId: randomUUID(),
    // A repeated request gets the job that exists. Without the organization in its id, that could be another's job.
    deduplication: { id: orgKey('report', request.project) },
    ...options,
  });
}
