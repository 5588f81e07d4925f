import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { describeEngines } from 'walled-database/kit/describe-engines';
import { acme, ada, globex } from '../src/sample-data.js';
import { type OpenApp, openApp } from './open-app.js';
import { tables } from './tables.js';

await describeEngines('the audit trail', tables, (engine) => {
  let api: OpenApp;
  beforeEach(async () => {
    api = await openApp(engine().database);
  });
  afterEach(() => api.close());

  async function trailOf(org: string): Promise<object[]> {
    await api.trail.flush();
    const { body } = await api.http.get('/activity').set(api.bearer(org, 'activity:read')).expect(200);
    return body.map(({ id: _id, at: _at, ...seen }: { id: string; at: string }) => seen);
  }

  /** What was asked, and what it was about. */
  const request = (by: string, action: string, route: string, status: number, more: object = {}) => ({
    ...{ by, action, target: null, decision: 'allow', reason: null },
    ...{ request: route, status, ...more },
  });
  const done = (by: string, action: string, target: unknown) => ({
    ...{ by, action, target, decision: 'allow', reason: null, request: null, status: null },
  });

  test('tells each organization who did what for it, over HTTP and GraphQL, and nothing of the other', async () => {
    const { issuer, http, bearer } = api;
    const client = issuer.client.clientId;
    await http.delete('/projects/project_2').set(bearer(acme, 'projects:write')).expect(204);
    const user = issuer.connectToken.user({ org: acme, user: ada, scopes: ['tasks:write'] });
    await http.post('/projects/project_1/tasks/task_1/take').set('Authorization', `Bearer ${user}`).expect(200);
    const query = 'mutation { createProject(name: "Glue") { id } }';
    await http.post('/graphql').set(bearer(globex, 'projects:write')).send({ query }).expect(200);

    expect(await trailOf(acme)).toEqual([
      done(client, 'project.deleted', 'project_2'),
      request(client, 'project.delete', 'DELETE /projects/:id', 204, { target: 'project_2' }),
      done(ada, 'task.taken', 'task_1'),
      request(ada, 'task.post', 'POST /projects/:projectId/tasks/:id/take', 200, { target: 'task_1' }),
    ]);
    expect(await trailOf(globex)).toEqual([
      done(client, 'project.created', expect.stringMatching(/^project_/)),
      request(client, 'request.create', 'POST (graphql)', 200),
    ]);
  });

  test('tells of refusals, and of a foreign project no more than of one that nobody has', async () => {
    const { http, issuer, bearer } = api;
    const token = bearer(acme, 'projects:read');
    await http.get('/projects/project_3').set(token).expect(404);
    await http.get('/projects/project_9').set(token).expect(404);
    await http.post('/projects').set(token).send({ name: 'Glue' }).expect(403);
    await http.get('/projects').expect(401);

    const hidden = ['project.read', 'GET /projects/:id', 404, { decision: 'deny', reason: 'not_found' }] as const;
    expect(await trailOf(acme)).toEqual([
      request(issuer.client.clientId, ...hidden),
      request(issuer.client.clientId, ...hidden),
      request(issuer.client.clientId, 'request.create', 'POST /projects', 403, { decision: 'deny', reason: 'scope' }),
    ]);
    expect(await trailOf(globex)).toEqual([]);
  });

  test('a reference to another’s project is on record as what the database refused', async () => {
    const move = api.http.patch('/projects/project_1/tasks/task_1').set(api.bearer(acme, 'tasks:write'));
    await move.send({ projectId: 'project_3' }).expect(422);
    const refused = { decision: 'deny', reason: 'unknown_reference' };
    const client = api.issuer.client.clientId;
    const route = 'PATCH /projects/:projectId/tasks/:id';
    expect(await trailOf(acme)).toEqual([request(client, 'task.update', route, 422, refused)]);
    expect(await trailOf(globex)).toEqual([]);
  });
});
