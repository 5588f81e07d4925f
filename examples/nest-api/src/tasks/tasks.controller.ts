import { OrgId, RequireLiveToken, RequireScopes, RequireUser, UserId } from '@connect-auth/nestjs';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import { Named } from '../naming/named.js';
import { NamedPipe } from '../naming/named.pipe.js';
import { Task } from './task.model.js';
import { TasksService } from './tasks.service.js';

@Controller('projects/:projectId/tasks')
@RequireScopes('tasks:read')
export class TasksController {
  constructor(private readonly tasks: TasksService) {}

  @Get()
  @ApiOkResponse({ type: [Task] })
  list(@OrgId() orgId: string, @Param('projectId') projectId: string): Task[] {
    return this.tasks.list(orgId, projectId);
  }

  @Get(':id')
  @ApiOkResponse({ type: Task })
  read(@OrgId() orgId: string, @Param('projectId') projectId: string, @Param('id') id: string): Task {
    return this.tasks.get(orgId, projectId, id);
  }

  @Post()
  @ApiCreatedResponse({ type: Task })
  @RequireScopes('tasks:write')
  create(@OrgId() orgId: string, @Param('projectId') projectId: string, @Body(NamedPipe) { name }: Named): Task {
    return this.tasks.create(orgId, projectId, name);
  }

  // Tasks are for people: an application that acts for itself takes none.
  @Post(':id/take')
  @HttpCode(200)
  @ApiOkResponse({ type: Task })
  @RequireScopes('tasks:write')
  @RequireUser()
  take(
    @OrgId() orgId: string,
    @Param('projectId') projectId: string,
    @Param('id') id: string,
    @UserId() userId: string,
  ): Task {
    return this.tasks.take(orgId, projectId, id, userId);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  @RequireScopes('tasks:write')
  @RequireLiveToken()
  remove(@OrgId() orgId: string, @Param('projectId') projectId: string, @Param('id') id: string): void {
    this.tasks.remove(orgId, projectId, id);
  }
}
