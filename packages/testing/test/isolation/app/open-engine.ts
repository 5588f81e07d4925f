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
import type { Project, Task } from './project-store.js';
import type { Bug } from './seeded-bugs.js';

const opened: INestApplication[] = [];

afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

export interface ProjectObjects {
  readonly project: Project;
  readonly task: Task;
}

/** The application with some bugs, and everything that its prober has to know. */
export async function openEngine(engine: Engine, ...bugs: Bug[]) {
  const issuer = await openIssuer();
  const projects = createProjectApp(issuer, new Set(bugs));
  return { app: await onEngine(engine, projects), fixtures: fixturesOf(issuer, projects), issuer };
}

async function onEngine(engine: Engine, projects: ProjectApp): Promise<unknown> {
  if (engine === 'Express') return toExpress(projects);
  const adapter = engine === 'Nest on Express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = await toNest(projects, adapter);
  opened.push(app);
  return app;
}

function fixturesOf(issuer: TestIssuer, { store }: ProjectApp): IsolationFixtures<ProjectObjects> {
  let made = 0;
  return {
    orgs: { a: { id: 'org_01ACMEACMEACME' }, b: { id: 'org_01GLOBEXGLOBEX' } },
    issuer,
    seed: ({ id, canary }) => {
      const project = store.addProject(id, `project ${canary}`);
      return { project, task: store.addTask(id, project.id, `task ${canary}`) };
    },
    params: { id: ({ project }) => project.id, taskId: ({ task }) => task.id, orgId: (_, org) => org.id },
    bodies: {
      'POST /v1/projects': () => ({ name: `new ${++made}` }),
      'PATCH /v1/projects/:id': () => ({ name: `renamed ${++made}` }),
      'POST /v1/tasks': ({ project }) => ({ title: 'new', project_id: project.id }),
    },
    snapshot: ({ id }) => store.of(id),
    allow: { 'GET /v1/health': 'tells whether the process is alive, and nothing of an organization' },
  };
}
