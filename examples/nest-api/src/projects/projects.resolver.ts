import { RequireLive, RequireOrg, RequireScopes } from '@connect-auth/nestjs';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Named } from '../naming/named.js';
import { NamedPipe } from '../naming/named.pipe.js';
import { Project } from './project.model.js';
import { ProjectsService } from './projects.service.js';

/** The same projects, behind the same decorators and the same wall. */
@Resolver(() => Project)
@RequireOrg()
@RequireScopes('projects:read')
export class ProjectsResolver {
  constructor(private readonly service: ProjectsService) {}

  @Query(() => [Project])
  projects(): Promise<Project[]> {
    return this.service.list();
  }

  @Query(() => Project, { nullable: true })
  project(@Args('id', { type: () => ID }) id: string): Promise<Project | undefined> {
    return this.service.load(id);
  }

  @Mutation(() => Project)
  @RequireScopes('projects:write')
  createProject(@Args(NamedPipe) { name }: Named): Promise<Project> {
    return this.service.create(name);
  }

  @Mutation(() => Boolean, { description: 'Whether there was such a project' })
  @RequireScopes('projects:write')
  @RequireLive()
  deleteProject(@Args('id', { type: () => ID }) id: string): Promise<boolean> {
    return this.service.remove(id);
  }
}
