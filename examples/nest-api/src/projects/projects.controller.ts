import { OrgId, RequireLiveToken, RequireScopes } from '@connect-auth/nestjs';
import { Body, Controller, Delete, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import { Named } from '../naming/named.js';
import { NamedPipe } from '../naming/named.pipe.js';
import { Project } from './project.model.js';
import { ProjectsService } from './projects.service.js';

/** What a method says about scopes replaces what its class says. */
@Controller('projects')
@RequireScopes('projects:read')
export class ProjectsController {
  constructor(private readonly projects: ProjectsService) {}

  @Get()
  @ApiOkResponse({ type: [Project] })
  list(@OrgId() orgId: string): Project[] {
    return this.projects.list(orgId);
  }

  @Get(':id')
  @ApiOkResponse({ type: Project })
  read(@OrgId() orgId: string, @Param('id') id: string): Project {
    return this.projects.get(orgId, id);
  }

  @Post()
  @ApiCreatedResponse({ type: Project })
  @RequireScopes('projects:write')
  create(@OrgId() orgId: string, @Body(NamedPipe) { name }: Named): Project {
    return this.projects.create(orgId, name);
  }

  // What is deleted is gone: here the issuer is asked whether the token is still good at this moment.
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  @RequireScopes('projects:write')
  @RequireLiveToken()
  remove(@OrgId() orgId: string, @Param('id') id: string): void {
    if (!this.projects.remove(orgId, id)) throw new NotFoundException();
  }
}
