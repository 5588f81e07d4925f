import { OrgId, RequireLiveToken, RequireScopes } from '@connect-auth/nestjs';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Named } from '../naming/named.js';
import { NamedPipe } from '../naming/named.pipe.js';
import { Project } from './project.model.js';
import { ProjectsService } from './projects.service.js';

/** The same projects, behind the same decorators. */
@Resolver(() => Project)
@RequireScopes('projects:read')
export class ProjectsResolver {
  constructor(private readonly service: ProjectsService) {}

  @Query(() => [Project])
  projects(@OrgId() orgId: string): Project[] {
    return this.service.list(orgId);
  }

  @Query(() => Project, { nullable: true })
  project(@OrgId() orgId: string, @Args('id', { type: () => ID }) id: string): Project | undefined {
    return this.service.find(orgId, id);
  }

  @Mutation(() => Project)
  @RequireScopes('projects:write')
  createProject(@OrgId() orgId: string, @Args(NamedPipe) { name }: Named): Project {
    return this.service.create(orgId, name);
  }

  @Mutation(() => Boolean, { description: 'Whether there was such a project' })
  @RequireScopes('projects:write')
  @RequireLiveToken()
  deleteProject(@OrgId() orgId: string, @Args('id', { type: () => ID }) id: string): boolean {
    return this.service.remove(orgId, id);
  }
}
