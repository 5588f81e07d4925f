import type { Project } from './projects/project.model.js';
import type { Task } from './tasks/task.model.js';

export const acme = 'org_01TESTACME0000000000000000';
export const globex = 'org_01TESTGLOBEX00000000000000';

/** A user at Acme. */
export const ada = 'user_01TESTADA00000000000000000';

/** They get the ids `project_1`, `project_2` and `project_3`. */
export const sampleProjects: readonly Omit<Project, 'id'>[] = [
  { orgId: acme, name: 'Rocket skates' },
  { orgId: acme, name: 'Giant magnet' },
  { orgId: globex, name: 'Hammock district' },
];

/** They get the ids `task_1`, `task_2` and `task_3`. */
export const sampleTasks: readonly Omit<Task, 'id'>[] = [
  { orgId: acme, projectId: 'project_1', name: 'Mount the rockets' },
  { orgId: acme, projectId: 'project_1', name: 'Find a volunteer' },
  { orgId: globex, projectId: 'project_3', name: 'Hang the hammocks' },
];
