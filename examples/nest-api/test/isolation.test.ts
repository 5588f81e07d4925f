import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { acme, ada, globex } from '../src/sample-data.js';
import { type OpenApp, openApp } from './open-app.js';

let api: OpenApp;
let acmeToken: { Authorization: string };
let globexToken: { Authorization: string };

beforeEach(async () => {
  api = await openApp();
  const scopes = ['projects:read', 'projects:write', 'tasks:read', 'tasks:write'];
  acmeToken = api.bearer(acme, ...scopes);
  globexToken = api.bearer(globex, ...scopes);
});

afterEach(() => api.close());

/** All that a caller gets to see, but for the moment at which it was sent. */
function answerOf({ status, text, headers }: { status: number; text: string; headers: Record<string, string> }) {
  const { date: _, ...others } = headers;
  return { status, text, headers: others };
}

describe('what another organization has is answered like what nobody has', () => {
  const routes = [
    ['get', '/projects/ID'],
    ['delete', '/projects/ID'],
    ['get', '/projects/ID/tasks'],
    ['post', '/projects/ID/tasks'],
    ['get', '/projects/ID/tasks/task_3'],
    ['delete', '/projects/ID/tasks/task_3'],
    ['get', '/projects/project_1/tasks/ID'],
    ['delete', '/projects/project_1/tasks/ID'],
  ] as const;

  test.each(routes)('%s %s', async (method, path) => {
    const [foreign, unknown] = path.includes('tasks/ID') ? ['task_3', 'task_9'] : ['project_3', 'project_9'];
    const ask = (id: string) => api.http[method](path.replace('ID', id)).set(acmeToken).send({ name: 'Anvil' });
    const answer = answerOf(await ask(foreign));
    expect(answer).toMatchObject({ status: 404, text: '{"message":"Not Found","statusCode":404}' });
    expect(answerOf(await ask(unknown))).toEqual(answer);
  });

  test('POST /projects/:projectId/tasks/:id/take, of a user', async () => {
    const user = {
      Authorization: `Bearer ${api.issuer.connectToken.user({ org: acme, user: ada, scopes: ['tasks:write'] })}`,
    };
    const take = (path: string) => api.http.post(`/projects/${path}/take`).set(user);
    const answer = answerOf(await take('project_3/tasks/task_3'));
    expect(answer.status).toBe(404);
    expect(answerOf(await take('project_9/tasks/task_3'))).toEqual(answer);
    expect(answerOf(await take('project_1/tasks/task_3'))).toEqual(answer);
  });

  const operations = [
    ['query ($id: ID!) { project(id: $id) { id orgId name } }', '{"data":{"project":null}}\n'],
    ['mutation ($id: ID!) { deleteProject(id: $id) }', '{"data":{"deleteProject":false}}\n'],
  ] as const;

  test.each(operations)('GraphQL: %s', async (query, text) => {
    const ask = (id: string) => api.http.post('/graphql').set(acmeToken).send({ query, variables: { id } });
    const answer = answerOf(await ask('project_3'));
    expect(answer).toMatchObject({ status: 200, text });
    expect(answerOf(await ask('project_9'))).toEqual(answer);
  });

  afterEach(async () => {
    const kept = await api.http.get('/projects/project_3/tasks').set(globexToken);
    expect(kept.body).toEqual([{ id: 'task_3', orgId: globex, projectId: 'project_3', name: 'Hang the hammocks' }]);
  });
});

test('each organization has lists of its own, over HTTP and GraphQL', async () => {
  const names = async (token: { Authorization: string }) => {
    const listed = await api.http.get('/projects').set(token);
    const queried = await api.http.post('/graphql').set(token).send({ query: '{ projects { id orgId name } }' });
    expect(queried.body).toEqual({ data: { projects: listed.body } });
    return listed.body.map(({ name }: { name: string }) => name);
  };
  expect(await names(acmeToken)).toEqual(['Rocket skates', 'Giant magnet']);
  expect(await names(globexToken)).toEqual(['Hammock district']);
});

test('what is new belongs to the organization of the token, whatever the body says', async () => {
  const project = await api.http.post('/projects').set(acmeToken).send({ name: 'Anvil', orgId: globex });
  expect([project.status, project.body]).toEqual([201, { id: 'project_4', orgId: acme, name: 'Anvil' }]);
  const task = await api.http.post('/projects/project_4/tasks').set(acmeToken).send({ name: 'Lift', orgId: globex });
  expect(task.body).toEqual({ id: 'task_4', orgId: acme, projectId: 'project_4', name: 'Lift' });
  const query = 'mutation { createProject(name: "Glue") { id orgId } }';
  const mutated = await api.http.post('/graphql').set(acmeToken).send({ query });
  expect(mutated.body).toEqual({ data: { createProject: { id: 'project_5', orgId: acme } } });
});

test('a record of who did what is kept for each organization', async () => {
  const { issuer, http, bearer } = api;
  await http.delete('/projects/project_2').set(acmeToken).expect(204);
  const user = issuer.connectToken.user({ org: acme, user: ada, scopes: ['tasks:write'] });
  await http.post('/projects/project_1/tasks/task_1/take').set('Authorization', `Bearer ${user}`).expect(200);
  const query = 'mutation { createProject(name: "Glue") { id } }';
  await http.post('/graphql').set(globexToken).send({ query }).expect(200);

  const acmes = await http.get('/activity').set(bearer(acme, 'activity:read'));
  expect(acmes.body).toEqual([
    { orgId: acme, what: 'deleted project_2', by: issuer.client.clientId },
    { orgId: acme, what: 'took task_1', by: ada },
  ]);
  const globexes = await http.get('/activity').set(bearer(globex, 'activity:read'));
  expect(globexes.body).toEqual([{ orgId: globex, what: 'created project_4', by: issuer.client.clientId }]);
});
