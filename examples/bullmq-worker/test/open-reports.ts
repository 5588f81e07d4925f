import { randomBytes } from 'node:crypto';
import {
  type EnvelopeKey,
  type OrgEnvelope,
  type OrgEnvelopeOptions,
  orgEnvelope,
  withOrg,
} from '@connect-auth/isolation';
import { type JobsOptions, Queue, QueueEvents, type Worker } from 'bullmq';
import { queueReport, type ReportJob, type ReportQueue } from '../src/queue-reports.js';
import { openRedis } from '../src/redis.js';
import type { Report, ReportRequest } from '../src/report.js';
import { type ReportHandler, startReportWorker } from '../src/report-worker.js';

export const key = (kid: string): EnvelopeKey => ({ kid, secret: `${kid}-${'s'.repeat(32)}` });
export const keys = [key('k1')];

/** Tried again at once: what is tested is that it is, and not how long that takes. */
export const atOnce: JobsOptions = { attempts: 3, backoff: { type: 'fixed', delay: 0 } };

type ReportWorker = ReturnType<typeof startReportWorker>;

/** The queue of one test, whose name nobody else has. `close` leaves nothing of it in Redis. */
export function openReports() {
  const name = `connect_auth_test_${randomBytes(6).toString('hex')}`;
  const connection = openRedis();
  const queue: ReportQueue = new Queue(name, { connection });
  // From the beginning: a job may be over before the first read of what happens.
  const events = new QueueEvents(name, { connection, lastEventId: '0-0' });
  queue.setMaxListeners(0); // One for each job that is waited for.
  const workers: Worker[] = [];
  return {
    connection,
    queue,
    /** A request of an organization, in its frame. */
    ask: (org: string, project = 'website', options: JobsOptions = {}, given = keys): Promise<ReportJob> =>
      withOrg(org, () => queueReport(queue, { project }, given, options)),
    /** A worker, from a frame where one is given. */
    work: (handler: ReportHandler, given = keys, concurrency = 10) => {
      const worker = startReportWorker(name, handler, { connection, keys: given, concurrency });
      workers.push(worker);
      return worker;
    },
    /** How a job ends the first time: with its report, or the reason that it failed for. */
    outcomeOf: (job: ReportJob): Promise<Report | string> =>
      job.waitUntilFinished(events).catch((error: Error) => error.message),
    close: async () => {
      // By force: a test that fails may leave a job that never ends.
      await Promise.all(workers.map((worker) => worker.close(true)));
      await events.close();
      await queue.obliterate({ force: true });
      await queue.close();
      await connection.quit();
    },
  };
}

/** How the next job of a worker ends. A job that is tried again after it had failed for good has two ends. */
export const nextEndOf = (worker: ReportWorker): Promise<Report | string> =>
  new Promise((resolve) => {
    worker.once('completed', (_job, report) => resolve(report));
    worker.once('failed', (_job, error) => resolve(error.message));
  });

/** An envelope as `orgEnvelope` makes it for an organization. */
export const envelopeOf = (
  org: string,
  options: Partial<OrgEnvelopeOptions> = {},
): Promise<OrgEnvelope<ReportRequest>> =>
  withOrg(org, async () => orgEnvelope({ project: 'website' }, { keys, purpose: 'report', ...options }));
