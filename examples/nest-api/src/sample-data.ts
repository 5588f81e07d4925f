import type { Project } from './projects/project.model.js';
import type { Task } from './tasks/task.model.js';

export const acme = 'org_01TESTACME0000000000000000';
export const globex = 'org_01TESTGLOBEX00000000000000';

/** A user at Acme. */
export const ada = 'user_01TESTADA00000000000000000';

export const sampleProjects: readonly Project[] = [
  { orgId: acme, id: 'project_1', name: 'Rocket skates' },
  { orgId: acme, id: 'project_2', name: 'Giant magnet' },
  { orgId: globex, id: 'project_3', name: 'Hammock district' },
];

export const sampleTasks: readonly Omit<Task, 'takenBy'>[] = [
  { orgId: acme, id: 'task_1', projectId: 'project_1', name: 'Mount the rockets' },
  { orgId: acme, id: 'task_2', projectId: 'project_1', name: 'Find a volunteer' },
  { orgId: globex, id: 'task_3', projectId: 'project_3', name: 'Hang the hammocks' },
];
