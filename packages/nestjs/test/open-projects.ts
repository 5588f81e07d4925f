import { findCurrentAuth } from '@connect-auth/core';
import { applyDecorators, Controller, Get, type ModuleMetadata, type Type } from '@nestjs/common';
import { ConnectAuthModule } from '../src/index.js';
import { type NestSetup, openNest, type Platform } from './open-nest.js';

type Decorators = readonly (ClassDecorator & MethodDecorator)[];

/** What stands on a controller and on its one handler. */
export interface Declared {
  readonly onClass?: Decorators;
  readonly onHandler?: Decorators;
}

/** A controller whose one handler, `GET /projects`, keeps the organization of whom it is called for. */
export function projectsController({ onClass = [], onHandler = [] }: Declared, reached: unknown[] = []): Type {
  @Controller('projects')
  @applyDecorators(...onClass)
  class ProjectsController {
    @Get()
    @applyDecorators(...onHandler)
    list() {
      const org = findCurrentAuth()?.orgId ?? null;
      reached.push(org);
      return { org };
    }
  }
  return ProjectsController;
}

type RootOptions = NonNullable<Parameters<typeof ConnectAuthModule.forRoot>[0]>;

/** An application with such a controller. */
export async function openProjects(
  platform: Platform,
  options: RootOptions,
  declared: Declared = {},
  { imports = [], ...setup }: NestSetup & ModuleMetadata = {},
) {
  const reached: unknown[] = [];
  const nest = await openNest(platform, {
    imports: [ConnectAuthModule.forRoot(options), ...imports],
    controllers: [projectsController(declared, reached)],
    ...setup,
  });
  return { ...nest, reached };
}
