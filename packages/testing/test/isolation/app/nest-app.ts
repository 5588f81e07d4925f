import 'reflect-metadata';
import {
  Controller,
  Delete,
  Get,
  type INestApplication,
  Inject,
  Module,
  Patch,
  Post,
  Req,
  Res,
  type Type,
} from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import type { ProjectApp } from './project-app.js';
import type { Call } from './project-handlers.js';
import { type HandlerName, splitRoute } from './project-routes.js';
import type { Bug, BuggyRoutes } from './seeded-bugs.js';

interface AnyRequest extends Omit<Call, 'url'> {
  readonly originalUrl: string;
}

interface AnyResponse {
  status(status: number): unknown;
  header(name: string, value: string): unknown;
}

const projectApp = Symbol('project app');

abstract class Handled {
  constructor(@Inject(projectApp) private readonly projects: ProjectApp) {}

  protected async handle(name: HandlerName, request: AnyRequest, response: AnyResponse, bug?: Bug): Promise<unknown> {
    const { method, originalUrl: url, params, query, headers, body } = request;
    const call = { method, url, params, query, headers, body: body ?? {} };
    const reply = await this.projects.serve(name, call, bug);
    response.status(reply.status);
    for (const [header, value] of Object.entries(reply.headers ?? {})) response.header(header, value);
    return reply.body;
  }
}

@Controller('projects')
class ProjectsController extends Handled {
  @Get() list(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('listProjects', request, response);
  }
  @Post() create(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('createProject', request, response);
  }
  @Get(':id') read(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('readProject', request, response);
  }
  @Patch(':id') update(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('updateProject', request, response);
  }
  @Post(':id') touch(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('touchProject', request, response);
  }
  @Delete(':id') remove(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('deleteProject', request, response);
  }
  @Get(':id/tasks/:taskId') task(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('readTask', request, response);
  }
}

@Controller()
class OtherController extends Handled {
  @Get('health') health(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('health', request, response);
  }
  @Post('tasks') task(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('createTask', request, response);
  }
  @Get('orgs/:orgId/projects') ofOrg(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('listOfOrg', request, response);
  }
  @Get('stats') stats(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('countProjects', request, response);
  }
  @Get('summary') summary(@Req() request: AnyRequest, @Res({ passthrough: true }) response: AnyResponse) {
    return this.handle('summarize', request, response);
  }
}

const decorators = { GET: Get, POST: Post, PATCH: Patch, DELETE: Delete };

/** A controller for the routes that have one bug. */
function toController({ bug, routes }: BuggyRoutes): Type {
  @Controller(bug)
  class BuggyController extends Handled {}
  for (const { method, path, handler } of routes.map(splitRoute)) {
    const value = function (this: BuggyController, request: AnyRequest, response: AnyResponse) {
      return this.handle(handler, request, response, bug);
    };
    const property = { value, configurable: true, writable: true };
    Object.defineProperty(BuggyController.prototype, handler, property);
    Req()(BuggyController.prototype, handler, 0);
    Res({ passthrough: true })(BuggyController.prototype, handler, 1);
    decorators[method](path)(BuggyController.prototype, handler, property);
  }
  return BuggyController;
}

/** The application on Nest, under a global prefix, not initialised. */
export async function toNest(projects: ProjectApp, adapter: AbstractHttpAdapter): Promise<INestApplication> {
  const controllers =
    projects.buggy.length === 0 ? [ProjectsController, OtherController] : projects.buggy.map(toController);

  @Module({
    controllers,
    providers: [{ provide: projectApp, useValue: projects }],
  })
  class AppModule {}

  const app = await NestFactory.create(AppModule, adapter, { logger: false, abortOnError: false });
  app.setGlobalPrefix('v1');
  return app;
}
