import { currentOrg } from '@connect-auth/isolation';
import type { JobState } from 'bullmq';
import type { ReportQueue } from './queue-reports.js';
import type { Report } from './report.js';

export interface FoundReport {
  readonly state: JobState | 'unknown';
  /** Once it is made. */
  readonly report?: Report;
}

/**
 * How far a report is. The ids of jobs are numbers in a row, and everybody's are in one queue: another organization's job
 * is as good as none.
 *
 * @throws OrgContextError `org_context_missing` outside a frame
 */
export async function findReport(queue: ReportQueue, id: string): Promise<FoundReport | undefined> {
  const orgId = currentOrg();
  const job = await queue.getJob(id);
  if (job?.data?.org !== orgId) return undefined;
  const report = job.returnvalue ?? undefined;
  return { state: await job.getState(), ...(report && { report }) };
}
