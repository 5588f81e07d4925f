import { OrgOwned, OrgStamp, Owned, RequireLive, RequireScopes, RequireUser, UserId } from '@connect-auth/nestjs';
import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import { Named } from '../naming/named.js';
import { NamedPipe } from '../naming/named.pipe.js';
import type { Project } from '../projects/project.model.js';
import { ProjectsService } from '../projects/projects.service.js';
import { Destination, DestinationPipe } from './destination.pipe.js';
import { Task } from './task.model.js';
import { TasksService } from './tasks.service.js';

const OwnTask = () => OrgOwned({ type: 'task', load: TasksService });

/** A caller who cannot see the project cannot see its tasks. */
@Controller('projects/:projectId/tasks')
@OrgOwned({ type: 'project', param: 'projectId', load: ProjectsService })
@RequireScopes('tasks:read')
export class TasksController {
  constructor(private readonly tasks: TasksService) {}

  @Get()
  @ApiOkResponse({ type: [Task] })
  list(@Owned('project') { id }: Project): Promise<Task[]> {
    return this.tasks.list(id);
  }

  @Get(':id')
  @OwnTask()
  @ApiOkResponse({ type: Task })
  read(@Owned('task') task: Task): Task {
    return task;
  }

  @Post()
  @OrgStamp('orgId')
  @ApiCreatedResponse({ type: Task })
  @RequireScopes('tasks:write')
  create(@Owned('project') { id }: Project, @Body(NamedPipe) { name }: Named): Promise<Task> {
    return this.tasks.create(id, name);
  }

  // Tasks are for people: an application that acts for itself cannot take one.
  @Post(':id/take')
  @HttpCode(200)
  @OwnTask()
  @ApiOkResponse({ type: Task })
  @RequireScopes('tasks:write')
  @RequireUser()
  take(@Owned('task') task: Task, @UserId() userId: string): Promise<Task> {
    return this.tasks.take(task, userId);
  }

  @Patch(':id')
  @OwnTask()
  @ApiOkResponse({ type: Task })
  @RequireScopes('tasks:write')
  move(@Owned('task') task: Task, @Body(DestinationPipe) { projectId }: Destination): Promise<Task> {
    return this.tasks.move(task, projectId);
  }

  @Delete(':id')
  @HttpCode(204)
  @OwnTask()
  @ApiNoContentResponse()
  @RequireScopes('tasks:write')
  @RequireLive()
  async remove(@Owned('task') task: Task): Promise<void> {
    await this.tasks.remove(task);
  }
}
