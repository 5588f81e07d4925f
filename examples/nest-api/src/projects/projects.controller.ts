import { OrgResource, OrgStamp, Owned, RequireLiveToken, RequireOrg, RequireScopes } from '@connect-auth/nestjs';
import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import { Named } from '../naming/named.js';
import { NamedPipe } from '../naming/named.pipe.js';
import { Project } from './project.model.js';
import { ProjectsService } from './projects.service.js';

/** Another organization's project is answered like one that does not exist: 404, in the same bytes. */
const OwnProject = () => OrgResource({ type: 'project', load: ProjectsService });

/** What a method says about scopes replaces what its class says. */
@Controller('projects')
@RequireScopes('projects:read')
export class ProjectsController {
  constructor(private readonly projects: ProjectsService) {}

  @Get()
  @RequireOrg()
  @ApiOkResponse({ type: [Project] })
  list(): Promise<Project[]> {
    return this.projects.list();
  }

  @Get(':id')
  @OwnProject()
  @ApiOkResponse({ type: Project })
  read(@Owned() project: Project): Project {
    return project;
  }

  @Post()
  @OrgStamp('orgId')
  @ApiCreatedResponse({ type: Project })
  @RequireScopes('projects:write')
  create(@Body(NamedPipe) { name }: Named): Promise<Project> {
    return this.projects.create(name);
  }

  // What is deleted is gone: here the issuer is asked whether the token is still good at this moment.
  @Delete(':id')
  @HttpCode(204)
  @OwnProject()
  @ApiNoContentResponse()
  @RequireScopes('projects:write')
  @RequireLiveToken()
  async remove(@Owned() { id }: Project): Promise<void> {
    await this.projects.remove(id);
  }
}
