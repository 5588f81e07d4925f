import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { describeEngines } from 'walled-database/kit/describe-engines';
import { acme, ada, globex } from '../src/sample-data.js';
import { type OpenApp, openApp } from './open-app.js';
import { tables } from './tables.js';

/** All that a caller gets to see, but for the moment at which it was sent. */
function answerOf({ status, text, headers }: { status: number; text: string; headers: Record<string, string> }) {
  const { date: _, ...others } = headers;
  return { status, text, headers: others };
}

const nothingThere = '{"type":"about:blank","title":"Not Found","status":404,"detail":"There is no such resource"}';

await describeEngines('isolation', tables, (engine) => {
  let api: OpenApp;
  let acmeToken: { Authorization: string };
  let globexToken: { Authorization: string };

  beforeEach(async () => {
    api = await openApp(engine().database);
    const scopes = ['projects:read', 'projects:write', 'tasks:read', 'tasks:write'];
    acmeToken = api.bearer(acme, ...scopes);
    globexToken = api.bearer(globex, ...scopes);
  });

  afterEach(() => api.close());

  describe('what another organization has is answered like what nobody has', () => {
    const routes = [
      ['get', '/projects/ID'],
      ['delete', '/projects/ID'],
      ['get', '/projects/ID/tasks'],
      ['post', '/projects/ID/tasks'],
      ['get', '/projects/ID/tasks/task_3'],
      ['patch', '/projects/ID/tasks/task_3'],
      ['delete', '/projects/ID/tasks/task_3'],
      ['get', '/projects/project_1/tasks/ID'],
      ['patch', '/projects/project_1/tasks/ID'],
      ['delete', '/projects/project_1/tasks/ID'],
    ] as const;
    const sent = { name: 'Anvil', projectId: 'project_2' };

    test.each(routes)('%s %s', async (method, path) => {
      const [foreign, unknown] = path.includes('tasks/ID') ? ['task_3', 'task_9'] : ['project_3', 'project_9'];
      const ask = (id: string) => api.http[method](path.replace('ID', id)).set(acmeToken).send(sent);
      const answer = answerOf(await ask(foreign));
      expect(answer).toMatchObject({ status: 404, text: nothingThere });
      for (const id of [unknown, '%00', 'project_1%00']) expect(answerOf(await ask(id))).toEqual(answer);
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

    test('a task is moved to a project of one’s own only', async () => {
      const move = (projectId: string) =>
        api.http.patch('/projects/project_1/tasks/task_1').set(acmeToken).send({ projectId });
      const answer = answerOf(await move('project_3'));
      expect(JSON.parse(answer.text)).toEqual({
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        detail: 'The request refers to something that does not exist',
      });
      expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8' });
      expect(answerOf(await move('project_9'))).toEqual(answer);
      const moved = await move('project_2').expect(200);
      expect(moved.body).toMatchObject({ id: 'task_1', projectId: 'project_2' });
      await api.http.get('/projects/project_2/tasks/task_1').set(acmeToken).expect(200);
      await move('project_2').expect(404); // It is not below project_1 any more.
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
      expect(kept.body).toEqual([
        { id: 'task_3', orgId: globex, projectId: 'project_3', name: 'Hang the hammocks', takenBy: null },
      ]);
    });
  });

  test('each organization has lists of its own, over HTTP and GraphQL', async () => {
    const names = async (token: { Authorization: string }) => {
      const listed = await api.http.get('/projects').set(token);
      const queried = await api.http.post('/graphql').set(token).send({ query: '{ projects { id orgId name } }' });
      expect(queried.body).toEqual({ data: { projects: listed.body } });
      return listed.body.map(({ name }: { name: string }) => name);
    };
    expect(await names(acmeToken)).toEqual(['Giant magnet', 'Rocket skates']);
    expect(await names(globexToken)).toEqual(['Hammock district']);
  });

  test('what is new belongs to the organization of the token, whatever the body says', async () => {
    const project = await api.http.post('/projects').set(acmeToken).send({ name: 'Anvil', orgId: globex });
    const projectId = expect.stringMatching(/^project_[0-9a-f-]{36}$/);
    expect([project.status, project.body]).toEqual([201, { id: projectId, orgId: acme, name: 'Anvil' }]);
    const path = `/projects/${project.body.id}/tasks`;
    const task = await api.http.post(path).set(acmeToken).send({ name: 'Lift', orgId: globex });
    expect(task.body).toMatchObject({ orgId: acme, projectId: project.body.id, name: 'Lift' });
    const query = 'mutation { createProject(name: "Glue") { id orgId } }';
    const mutated = await api.http.post('/graphql').set(acmeToken).send({ query });
    expect(mutated.body).toEqual({ data: { createProject: { id: projectId, orgId: acme } } });
  });

  test('a project takes its tasks along when it is deleted', async () => {
    await api.http.delete('/projects/project_1').set(acmeToken).expect(204);
    expect(await engine().admin('SELECT id FROM app.task')).toEqual([{ id: 'task_3' }]);
  });
});
