import { currentOrg } from '@connect-auth/isolation';
import type { JobState } from 'bullmq';
import type { ReportQueue } from './queue-reports.js';
import type { Report } from './report.js';

export interface FoundReport {
  readonly state: JobState | 'unknown';
  /** Present once it is finished. */
  readonly report?: Report;
}

/**
 * Returns the progress of a report. Job ids are sequential, and all organizations share one queue: another organization's job
 * counts as none.
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
