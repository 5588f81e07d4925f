import { OrgOwned, OrgStamp, Owned, RequireLive, RequireOrg, RequireScopes } from '@connect-auth/nestjs';
import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import { Named } from '../naming/named.js';
import { NamedPipe } from '../naming/named.pipe.js';
import { Project } from './project.model.js';
import { ProjectsService } from './projects.service.js';

/** Another organization's project gets the same answer as one that does not exist: 404, byte for byte. */
const OwnProject = () => OrgOwned({ type: 'project', load: ProjectsService });

/** The scopes of a method replace those of its class. */
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

  // Deletion cannot be undone, so the issuer is asked whether the token is still valid at this moment.
  @Delete(':id')
  @HttpCode(204)
  @OwnProject()
  @ApiNoContentResponse()
  @RequireScopes('projects:write')
  @RequireLive()
  async remove(@Owned() { id }: Project): Promise<void> {
    await this.projects.remove(id);
  }
}
