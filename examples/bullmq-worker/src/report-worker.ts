import { type EnvelopeKey, type OrgEnvelope, type OrgJobInfo, orgJob } from '@connect-auth/isolation';
import { type ConnectionOptions, UnrecoverableError, Worker } from 'bullmq';
import type { ReportJob } from './queue-reports.js';
import type { Report, ReportRequest } from './report.js';

/** Makes a report from a request. The signal is aborted when the job is cancelled. */
export type ReportHandler = (
  request: ReportRequest,
  info: OrgJobInfo,
  job: ReportJob,
  token?: string,
  signal?: AbortSignal,
) => Promise<Report>;

export interface ReportWorkerOptions {
  readonly connection: ConnectionOptions;
  readonly keys: readonly EnvelopeKey[];
  /** How many jobs run at once, of all organizations. */
  readonly concurrency: number;
}

/**
 * Runs the jobs of a queue, each for the organization that its envelope proves. A job with an invalid envelope fails before
 * the handler is called, and is not retried, since it would fail again.
 */
export function startReportWorker(
  queueName: string,
  handler: ReportHandler,
  { connection, keys, concurrency }: ReportWorkerOptions,
): Worker<OrgEnvelope<ReportRequest>, Report> {
  const toFailure = (error: Error) => new UnrecoverableError(error.message);
  const processor = orgJob(handler, { keys, purpose: 'report', toFailure });
  return new Worker(queueName, processor, { connection, concurrency });
}
