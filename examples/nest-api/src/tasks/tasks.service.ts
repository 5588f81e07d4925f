import { Injectable, NotFoundException } from '@nestjs/common';
import { ActivityService } from '../activity/activity.service.js';
import { ProjectsService } from '../projects/projects.service.js';
import { sampleTasks } from '../sample-data.js';
import { OrgRecords } from '../storage/org-records.js';
import type { Task } from './task.model.js';

/** The tasks of a project. Who does not see the project sees none of them. */
@Injectable()
export class TasksService {
  private readonly records = new OrgRecords<Task>('task', sampleTasks);

  constructor(
    private readonly projects: ProjectsService,
    private readonly activity: ActivityService,
  ) {}

  /** @throws NotFoundException */
  list(orgId: string, projectId: string): Task[] {
    const project = this.projects.get(orgId, projectId);
    return this.records.list(orgId).filter((task) => task.projectId === project.id);
  }

  /** @throws NotFoundException */
  get(orgId: string, projectId: string, id: string): Task {
    const task = this.list(orgId, projectId).find((each) => each.id === id);
    if (task === undefined) throw new NotFoundException();
    return task;
  }

  /** @throws NotFoundException */
  create(orgId: string, projectId: string, name: string): Task {
    const project = this.projects.get(orgId, projectId);
    const task = this.records.add({ orgId, projectId: project.id, name });
    this.activity.record(orgId, `created ${task.id}`);
    return task;
  }

  /** @throws NotFoundException */
  take(orgId: string, projectId: string, id: string, userId: string): Task {
    const task = this.records.replace({ ...this.get(orgId, projectId, id), takenBy: userId });
    this.activity.record(orgId, `took ${id}`);
    return task;
  }

  /** @throws NotFoundException */
  remove(orgId: string, projectId: string, id: string): void {
    this.records.remove(orgId, this.get(orgId, projectId, id).id);
    this.activity.record(orgId, `deleted ${id}`);
  }
}
