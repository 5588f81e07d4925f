import { Injectable, NotFoundException } from '@nestjs/common';
import { ActivityService } from '../activity/activity.service.js';
import { sampleProjects } from '../sample-data.js';
import { OrgRecords } from '../storage/org-records.js';
import type { Project } from './project.model.js';

@Injectable()
export class ProjectsService {
  private readonly records = new OrgRecords<Project>('project', sampleProjects);

  constructor(private readonly activity: ActivityService) {}

  list(orgId: string): Project[] {
    return this.records.list(orgId);
  }

  find(orgId: string, id: string): Project | undefined {
    return this.records.find(orgId, id);
  }

  /** @throws NotFoundException, and says no more than that: an id that others use is answered like one that nobody does */
  get(orgId: string, id: string): Project {
    const project = this.find(orgId, id);
    if (project === undefined) throw new NotFoundException();
    return project;
  }

  create(orgId: string, name: string): Project {
    const project = this.records.add({ orgId, name });
    this.activity.record(orgId, `created ${project.id}`);
    return project;
  }

  remove(orgId: string, id: string): boolean {
    const removed = this.records.remove(orgId, id);
    if (removed) this.activity.record(orgId, `deleted ${id}`);
    return removed;
  }
}
