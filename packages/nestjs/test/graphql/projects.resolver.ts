import { Inject, Injectable, UseGuards } from '@nestjs/common';
import { Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  type Auth,
  ConnectAuthGuard,
  CurrentAuth,
  currentAuth,
  OptionalAuth,
  OrgId,
  Public,
  RequireScopes,
} from '../../src/index.js';

/** It is told of the caller by nobody. */
@Injectable()
class Projects {
  owner(): string {
    return currentAuth().orgId ?? 'nobody';
  }
}

@Resolver()
@UseGuards(ConnectAuthGuard)
class ProjectsResolver {
  constructor(@Inject(Projects) private readonly projects: Projects) {}

  @Query(() => String) who(@CurrentAuth() auth: Auth) {
    return auth.subject;
  }
  @Query(() => [String]) async owners(@OrgId() orgId: string) {
    const before = this.projects.owner();
    await new Promise(setImmediate);
    return [orgId, before, this.projects.owner()];
  }
  @Query(() => String) @Public() about() {
    return 'about';
  }
  @Query(() => String) @OptionalAuth() greet(@CurrentAuth() auth: Auth | undefined) {
    return auth?.subject ?? 'nobody';
  }
  @Query(() => String, { nullable: true }) @RequireScopes('projects:read') list() {
    return 'list';
  }
  @Mutation(() => String) @RequireScopes('projects:write') rename() {
    return 'renamed';
  }
}

export const projectsProviders = [Projects, ProjectsResolver];
