import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { acme, ada } from '../src/sample-data.js';
import { type OpenApp, openApp } from './open-app.js';
import { sampleDatabase } from './sample-database.js';

const database = sampleDatabase();
let api: OpenApp;
beforeEach(async () => {
  api = await openApp(database());
});
afterEach(() => api.close());

const routes = [
  ['get', '/projects', 'projects:read', 200],
  ['get', '/projects/project_1', 'projects:read', 200],
  ['post', '/projects', 'projects:write', 201],
  ['delete', '/projects/project_1', 'projects:write', 204],
  ['get', '/projects/project_1/tasks', 'tasks:read', 200],
  ['get', '/projects/project_1/tasks/task_1', 'tasks:read', 200],
  ['post', '/projects/project_1/tasks', 'tasks:write', 201],
  ['delete', '/projects/project_1/tasks/task_1', 'tasks:write', 204],
  ['get', '/activity', 'activity:read', 200],
] as const;
const everyScope = ['projects:read', 'projects:write', 'tasks:read', 'tasks:write', 'activity:read'];

describe('each route asks for a token, an organization and its scope', () => {
  test.each(routes)('%s %s: %s', async (method, path, scope, status) => {
    const ask = (headers: Record<string, string>) => api.http[method](path).set(headers).send({ name: 'Anvil' });

    const anonymous = await ask({});
    expect([anonymous.status, anonymous.headers['www-authenticate']]).toEqual([401, 'Bearer realm="projects"']);
    const homeless = await ask(api.bearer(null, ...everyScope));
    expect(homeless.status).toBe(403);
    const others = everyScope.filter((each) => each !== scope);
    const narrow = await ask(api.bearer(acme, ...others));
    expect(narrow.status).toBe(403);
    expect(narrow.headers['www-authenticate']).toContain('error="insufficient_scope"');
    expect(narrow.headers['www-authenticate']).toContain(`scope="${scope}"`);

    const allowed = await ask(api.bearer(acme, scope));
    expect(allowed.status).toBe(status);
  });

  test('over GraphQL, where the answer says so itself', async () => {
    const query = 'mutation { createProject(name: "Anvil") { id } }';
    const refused = await api.http.post('/graphql').set(api.bearer(acme, 'projects:read')).send({ query });
    expect(refused.body).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'FORBIDDEN', status: 403, error: 'insufficient_scope' } }],
    });
    expect(JSON.stringify(refused.body)).not.toContain('stacktrace');
    const anonymous = await api.http.post('/graphql').send({ query: '{ projects { id } }' });
    expect(anonymous.body).toMatchObject({ data: null, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

test('tasks are taken by users, and the record is read by applications', async () => {
  const { http, issuer, bearer } = api;
  const user = `Bearer ${issuer.connectToken.user({ org: acme, user: ada, scopes: everyScope })}`;
  const taken = await http.post('/projects/project_1/tasks/task_1/take').set('Authorization', user);
  expect([taken.status, taken.body.takenBy]).toEqual([200, ada]);
  await http
    .post('/projects/project_1/tasks/task_1/take')
    .set(bearer(acme, ...everyScope))
    .expect(403);
  await http.get('/activity').set('Authorization', user).expect(403);
});

test('before something is deleted the issuer is asked, and a revoked token refused: 401', async () => {
  const { http, issuer } = api;
  const token = issuer.token({ org: acme, scopes: everyScope });
  issuer.revoke(token);
  await http.get('/projects').set('Authorization', `Bearer ${token}`).expect(200);
  await http.delete('/projects/project_1').set('Authorization', `Bearer ${token}`).expect(401);
  const query = 'mutation { deleteProject(id: "project_1") }';
  const refused = await http.post('/graphql').set('Authorization', `Bearer ${token}`).send({ query });
  expect(refused.body.errors[0].extensions).toMatchObject({ code: 'UNAUTHENTICATED', error: 'invalid_token' });
  await http.get('/projects/project_1').set('Authorization', `Bearer ${token}`).expect(200);
});

test('an opaque token is asked about', async () => {
  const token = api.issuer.opaqueToken({ org: acme });
  const answer = await api.http.get('/whoami').set('Authorization', `Bearer ${token}`);
  expect(answer.body).toMatchObject({ organization: acme, scopes: [], verifiedBy: 'introspection' });
});

test('something new needs a name: 422', async () => {
  const token = api.bearer(acme, ...everyScope);
  for (const body of [undefined, {}, { name: '' }, { name: 7 }, { name: 'a\u0000b' }]) {
    expect((await api.http.post('/projects').set(token).send(body)).status).toBe(422);
  }
  await api.http.post('/projects').set(token).send(['Anvil']).expect(400);
});
