import { currentOrg } from '@connect-auth/isolation';
import { listTasks } from './tasks.js';

/** The request for a report. It names no organization: the signed envelope does. */
export interface ReportRequest {
  readonly project: string;
}

export interface Report {
  readonly orgId: string;
  readonly project: string;
  readonly tasks: number;
  readonly done: number;
}

/** Like any code of the application: it does not know that it runs behind a queue. */
export async function makeReport({ project }: ReportRequest): Promise<Report> {
  const tasks = await listTasks(project);
  return { orgId: currentOrg(), project, tasks: tasks.length, done: tasks.filter(({ isDone }) => isDone).length };
}
