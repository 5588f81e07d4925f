import { currentOrg } from '@connect-auth/isolation';

interface Task {
  readonly orgId: string;
  readonly project: string;
  readonly isDone: boolean;
}

export const acme = 'org_01TESTACME0000000000000000';
export const globex = 'org_01TESTGLOBEX00000000000000';

/** The tasks of all organizations, which have projects of the same name. It stands for a table behind a wall. */
const tasks: readonly Task[] = [
  { orgId: acme, project: 'website', isDone: true },
  { orgId: acme, project: 'website', isDone: false },
  { orgId: acme, project: 'website', isDone: false },
  { orgId: globex, project: 'website', isDone: true },
];

/** The tasks of the organization of the frame, however deep the call. */
export async function listTasks(project: string): Promise<readonly Task[]> {
  const orgId = currentOrg();
  return tasks.filter((task) => task.orgId === orgId && task.project === project);
}
