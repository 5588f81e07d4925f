import { randomUUID } from 'node:crypto';
import { type EnvelopeKey, type OrgEnvelope, orgEnvelope, orgKey } from '@connect-auth/isolation';
import type { Job, JobsOptions, Queue } from 'bullmq';
import type { Report, ReportRequest } from './report.js';

export type ReportQueue = Queue<OrgEnvelope<ReportRequest>, Report>;
export type ReportJob = Job<OrgEnvelope<ReportRequest>, Report>;

/** What is tried again, and kept for those who ask how it went. */
const jobOptions: JobsOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: { age: 86_400 },
  removeOnFail: { age: 604_800 },
};

/**
 * Asks for a report, in the name of the organization that the work at hand is done for.
 *
 * @throws OrgContextError `org_context_missing` outside a frame: nothing is queued then
 */
export async function queueReport(
  queue: ReportQueue,
  request: ReportRequest,
  keys: readonly EnvelopeKey[],
  options: JobsOptions = {},
): Promise<ReportJob> {
  return queue.add('report', orgEnvelope(request, { keys, purpose: 'report' }), {
    ...jobOptions,
    // Not a number that counts up: it would tell how much other organizations ask for.
    jobId: randomUUID(),
    // Who asks twice gets the job that is there. Without the organization in its name, that may be somebody else's.
    deduplication: { id: orgKey('report', request.project) },
    ...options,
  });
}
