import { RequireOrg, RequireScopes } from '@connect-auth/nestjs';
import { Controller, Get } from '@nestjs/common';
import type { Project } from '../projects/project.model.js';
import { ProjectsService } from '../projects/projects.service.js';

/**
 * What not to do, for the story only: the answer to the first caller is cached, and given to everybody. No wall can notice;
 * only the check of the response keeps one organization's projects from another.
 */
@Controller('forecast')
@RequireOrg()
@RequireScopes('projects:read')
export class ForecastController {
  private kept: Project[] | undefined;

  constructor(private readonly projects: ProjectsService) {}

  @Get()
  async list(): Promise<Project[]> {
    this.kept ??= await this.projects.list();
    return this.kept;
  }
}
