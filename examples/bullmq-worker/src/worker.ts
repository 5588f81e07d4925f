import { readJobKeys } from './job-keys.js';
import { openRedis } from './redis.js';
import { makeReport } from './report.js';
import { startReportWorker } from './report-worker.js';

/** The worker as a process: `REDIS_URL`, `JOB_KEYS`. */
const keys = readJobKeys();
const connection = openRedis();
const worker = startReportWorker('reports', makeReport, { connection, keys, concurrency: 10 });

// Without the data of the job, which must not be logged.
worker.on('failed', (job, error) => console.error(`job ${job?.id}: ${error.message}`));
worker.on('error', (error) => console.error(error.message));

/** Takes no more jobs, and waits for those under way. BullMQ does not close a connection that was passed to it. */
async function stop(): Promise<void> {
  await worker.close();
  await connection.quit();
}

process.once('SIGINT', stop);
process.once('SIGTERM', stop);

await worker.waitUntilReady();
console.log('The worker waits for reports to make');
