import { randomBytes } from 'node:crypto';

export interface Project {
  id: string;
  org_id: string;
  name: string;
}

export interface Task {
  readonly id: string;
  readonly org_id: string;
  readonly project_id: string;
  readonly title: string;
}

/** What the application of these tests stores. */
export class ProjectStore {
  projects: Project[] = [];
  tasks: Task[] = [];

  addProject(orgId: string, name: string): Project {
    const project = { id: `prj_${randomBytes(8).toString('hex')}`, org_id: orgId, name };
    this.projects.push(project);
    return project;
  }

  addTask(orgId: string, projectId: string, title: string): Task {
    const task = { id: `tsk_${randomBytes(8).toString('hex')}`, org_id: orgId, project_id: projectId, title };
    this.tasks.push(task);
    return task;
  }

  remove(projectId: string): void {
    this.projects = this.projects.filter(({ id }) => id !== projectId);
  }

  of(orgId: string): { projects: Project[]; tasks: Task[] } {
    const isOwn = (row: { org_id: string }) => row.org_id === orgId;
    return { projects: this.projects.filter(isOwn), tasks: this.tasks.filter(isOwn) };
  }
}
