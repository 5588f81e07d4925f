import { randomUUID } from 'node:crypto';
import { expectIsolated, IsolationError } from '@connect-auth/testing/isolation';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { describeEngines } from 'walled-database/kit/describe-engines';
import type { Engine } from 'walled-database/kit/engine';
import { acme, globex } from '../src/sample-data.js';
import { type OpenApp, openApp } from './open-app.js';
import { tables } from './tables.js';

/** Asks every route as Acme, with whatever could bring it something of Globex's. */
function probe({ admin }: Engine, { app, issuer, trail }: OpenApp) {
  const scopes = ['projects:read', 'projects:write', 'tasks:read', 'tasks:write', 'activity:read'];
  return expectIsolated(app, {
    orgs: { a: { id: acme }, b: { id: globex } },
    issuer,
    scopes,
    seed: async ({ id: org, canary }) => {
      const [project, task] = [`project_${randomUUID()}`, `task_${randomUUID()}`];
      const rows = [org, project, task, canary];
      await admin('INSERT INTO app.project (org_id, id, name) VALUES ($1, $2, $3)', [org, project, canary]);
      await admin('INSERT INTO app.task (org_id, project_id, id, name) VALUES ($1, $2, $3, $4)', rows);
      await trail.write({
        org: { id: org, source: 'token.org_id' },
        actor: { type: 'user', id: canary },
        action: 'project.create',
        decision: 'allow',
      });
      return { project, task };
    },
    params: {
      projectId: ({ project }) => project,
      id: ({ task }) => task,
      'GET /projects/:id': { id: ({ project }) => project },
      'DELETE /projects/:id': { id: ({ project }) => project },
    },
    bodies: {
      'POST /projects': () => ({ name: 'Earthquake pills' }),
      'POST /projects/:projectId/tasks': () => ({ name: 'Shake' }),
      'PATCH /projects/:projectId/tasks/:id': ({ project }) => ({ projectId: project }),
    },
    references: { 'PATCH /projects/:projectId/tasks/:id': { projectId: ({ project }) => project } },
    snapshot: async ({ id }) => {
      await trail.flush();
      return [
        await admin('SELECT * FROM app.project WHERE org_id = $1 ORDER BY id', [id]),
        await admin('SELECT * FROM app.task WHERE org_id = $1 ORDER BY id', [id]),
        // What Acme asks must not turn up in the trail of Globex, which only ever grows.
        await admin('SELECT count(*), max(id) FROM app.audit_event WHERE org_id = $1', [id]),
      ];
    },
    allow: {
      ...Object.fromEntries(documents.map((path) => [`GET ${path}`, 'describes the API to everybody'])),
      'GET /health': 'for everybody: whether tokens can be checked, which is the same whoever asks',
      'GET /whoami': 'tells callers who they are, also those that act for no organization',
      'POST /projects/:projectId/tasks/:id/take': 'for users, as which the prober does not come: see isolation.test.ts',
    },
  });
}

const documents = ['/docs-json', '/docs', '/docs/index.html', '/docs/LICENSE'].concat([
  '/docs/swagger-ui-init.js',
  '/docs/docs/swagger-ui-init.js',
]);

const probed = [
  'DELETE /projects/:id',
  'DELETE /projects/:projectId/tasks/:id',
  'GET /activity',
  'GET /projects',
  'GET /projects/:id',
  'GET /projects/:projectId/tasks',
  'GET /projects/:projectId/tasks/:id',
  'PATCH /projects/:projectId/tasks/:id',
  'POST /projects',
  'POST /projects/:projectId/tasks',
];

await describeEngines('organizations are kept apart', tables, (engine) => {
  let api: OpenApp;
  beforeEach(async () => {
    api = await openApp(engine().database);
  });
  afterEach(() => api.close());

  test('by every route', async () => {
    const { findings, coverage } = await probe(engine(), api);
    expect(findings).toEqual([]);
    expect(coverage.uncovered).toEqual([]);
    expect([...coverage.probed].sort()).toEqual(probed);
  });
});

await describeEngines('without the walls', tables, (engine) => {
  let api: OpenApp;
  beforeEach(async () => {
    api = await openApp(engine().database);
    for (const table of ['project', 'task', 'audit_event'])
      await engine().admin(`DROP POLICY org_wall ON app.${table}`);
  });
  afterEach(() => api.close());

  test('the same probe goes red', async () => {
    const refused = await probe(engine(), api).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(IsolationError);
    const { findings, coverage } = (refused as IsolationError).report;
    expect(findings.map(({ kind, route }) => `${kind} on ${route}`)).toEqual(['unfiltered-list on GET /activity']);
    expect(coverage.uncovered).toEqual([{ route: 'GET /projects', reason: "A's own request was answered 500" }]);
  });
});
