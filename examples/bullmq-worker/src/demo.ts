import { randomBytes } from 'node:crypto';
import { type OrgEnvelope, withOrg } from '@connect-auth/isolation';
import { Queue, QueueEvents } from 'bullmq';
import { findReport } from './find-report.js';
import { queueReport, type ReportQueue } from './queue-reports.js';
import { openRedis } from './redis.js';
import { makeReport, type ReportRequest } from './report.js';
import { startReportWorker } from './report-worker.js';
import { acme, globex } from './tasks.js';

const name = `reports-demo-${randomBytes(4).toString('hex')}`;
const keys = [{ kid: 'demo', secret: randomBytes(32) }];
const connection = openRedis();
const queue: ReportQueue = new Queue(name, { connection });
const events = new QueueEvents(name, { connection, lastEventId: '0-0' });
const worker = startReportWorker(name, makeReport, { connection, keys, concurrency: 10 });

const queued = (org: string) => withOrg(org, () => queueReport(queue, { project: 'website' }, keys));
const [ofAcme, ofGlobex] = [await queued(acme), await queued(globex)];
for (const job of [ofAcme, ofGlobex]) console.log('made:', await job.waitUntilFinished(events));

console.log('\nSomebody who can write to Redis puts Acme’s job in once more, as Globex’s.');
const forged: OrgEnvelope<ReportRequest> = { ...ofAcme.data, org: globex };
const job = await queue.add('report', forged, { attempts: 5 });
await job.waitUntilFinished(events).catch((error: Error) => console.log('refused:', error.message));

console.log('\nGlobex asks for the job of Acme:', await withOrg(globex, () => findReport(queue, `${ofAcme.id}`)));

await worker.close();
await events.close();
await queue.obliterate({ force: true });
await queue.close();
await connection.quit();
