import { afterEach } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { TestIssuer } from '../../../src/index.js';
import type { IsolationFixtures } from '../../../src/isolation.js';
import { openIssuer } from '../../open-issuer.js';
import type { Engine } from './engine.js';
import { toExpress } from './express-app.js';
import { toNest } from './nest-app.js';
import { createProjectApp, type ProjectApp } from './project-app.js';
import { reportedRoute } from './project-routes.js';
import type { Project, Task } from './project-store.js';
import type { BuggyRoutes } from './seeded-bugs.js';

const opened: INestApplication[] = [];

afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

export interface ProjectObjects {
  readonly project: Project;
  readonly task: Task;
}

/** The application, or copies of its routes with a bug each, and everything that its prober has to know. */
export async function openEngine(engine: Engine, buggy: readonly BuggyRoutes[] = []) {
  const issuer = await openIssuer();
  const projects = createProjectApp(issuer, buggy);
  return { app: await onEngine(engine, projects), fixtures: fixturesOf(issuer, projects), issuer };
}

async function onEngine(engine: Engine, projects: ProjectApp): Promise<unknown> {
  if (engine === 'Express') return toExpress(projects);
  const adapter = engine === 'Nest on Express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = await toNest(projects, adapter);
  opened.push(app);
  return app;
}

function fixturesOf(issuer: TestIssuer, { store, buggy }: ProjectApp): IsolationFixtures<ProjectObjects> {
  let made = 0;
  const bodyOf = {
    'POST /projects': () => ({ name: `new ${++made}` }),
    'PATCH /projects/:id': () => ({ name: `renamed ${++made}` }),
    'POST /tasks': ({ project }: ProjectObjects) => ({ title: 'new', project_id: project.id }),
  };
  const written = Object.keys(bodyOf) as (keyof typeof bodyOf)[];
  const bodies =
    buggy.length === 0
      ? written.map((route) => [reportedRoute(route), bodyOf[route]] as const)
      : buggy.flatMap(({ bug, routes }) =>
          written
            .filter((route) => routes.includes(route))
            .map((route) => [reportedRoute(route, bug), bodyOf[route]] as const),
        );
  const health = { 'GET /v1/health': 'tells whether the process is alive, and nothing of an organization' };
  return {
    orgs: { a: { id: 'org_01ACMEACMEACME' }, b: { id: 'org_01GLOBEXGLOBEX' } },
    issuer,
    seed: ({ id, canary }) => {
      const project = store.addProject(id, `project ${canary}`);
      return { project, task: store.addTask(id, project.id, `task ${canary}`) };
    },
    params: { id: ({ project }) => project.id, taskId: ({ task }) => task.id, orgId: (_, org) => org.id },
    bodies: Object.fromEntries(bodies),
    snapshot: ({ id }) => store.of(id),
    allow: buggy.length === 0 ? health : {},
  };
}
