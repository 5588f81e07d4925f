import { currentOrg } from '@connect-auth/isolation';
import { listTasks } from './tasks.js';

/** What a report is asked for with. It names no organization: that is in the envelope, signed. */
export interface ReportRequest {
  readonly project: string;
}

export interface Report {
  readonly orgId: string;
  readonly project: string;
  readonly tasks: number;
  readonly done: number;
}

/** Like any code of the application: it does not know that a queue is between it and the request. */
export async function makeReport({ project }: ReportRequest): Promise<Report> {
  const tasks = await listTasks(project);
  return { orgId: currentOrg(), project, tasks: tasks.length, done: tasks.filter(({ isDone }) => isDone).length };
}
