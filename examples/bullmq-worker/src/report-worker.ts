import { type EnvelopeKey, type OrgEnvelope, type OrgJobInfo, orgJob } from '@connect-auth/isolation';
import { type ConnectionOptions, UnrecoverableError, Worker } from 'bullmq';
import type { ReportJob } from './queue-reports.js';
import type { Report, ReportRequest } from './report.js';

/** What makes a report of a request. The signal is aborted when somebody cancels the job. */
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
  /** How many jobs are under way at once, of whichever organizations. */
  readonly concurrency: number;
}

/**
 * Runs the jobs of a queue, each for the organization that its envelope proves. What it cannot prove fails at the first
 * attempt and for good, before the handler hears of it: it would not be better at the next.
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
