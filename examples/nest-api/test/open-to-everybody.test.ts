import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { describeApi } from '../src/api-docs.js';
import { type OpenApp, openApp } from './open-app.js';
import { sampleDatabase } from './sample-database.js';

const database = sampleDatabase();
let api: OpenApp;
beforeEach(async () => {
  api = await openApp(database());
});
afterEach(() => api.close());

test('the health route tells whether tokens can be checked, and nothing more', async () => {
  const up = await api.http.get('/health');
  expect([up.status, up.text]).toEqual([200, '{"status":"up"}']);
  await api.issuer.stop();
  await api.clock.advanceSeconds(7200);
  const down = await api.http.get('/health');
  expect([down.status, down.text]).toEqual([503, '{"status":"down"}']);
});

test('a bad token does no harm where none is asked for', async () => {
  await api.http.get('/health').set('Authorization', 'Bearer rubbish').expect(200);
});

test('the schema can be asked for, the page with the editor cannot', async () => {
  const schema = await api.http.post('/graphql').send({ query: '{ __schema { queryType { name } } }' });
  expect(schema.body).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
  const page = await api.http.get('/graphql').set('Accept', 'text/html');
  expect(page.status).toBe(400);
});

describe('the OpenAPI document', () => {
  test('names the scopes of each route, as its guard asks for them', () => {
    const { paths } = describeApi(api.app);
    const security = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => [`${method} ${path}`, operation.security]),
    );
    const connect = (...scopes: string[]) => [{ connect: scopes }];
    expect(Object.fromEntries(security)).toEqual({
      'get /health': undefined,
      'get /whoami': connect(),
      'get /activity': connect('activity:read'),
      'get /projects': connect('projects:read'),
      'post /projects': connect('projects:write'),
      'get /projects/{id}': connect('projects:read'),
      'delete /projects/{id}': connect('projects:write'),
      'get /projects/{projectId}/tasks': connect('tasks:read'),
      'post /projects/{projectId}/tasks': connect('tasks:write'),
      'get /projects/{projectId}/tasks/{id}': connect('tasks:read'),
      'patch /projects/{projectId}/tasks/{id}': connect('tasks:write'),
      'delete /projects/{projectId}/tasks/{id}': connect('tasks:write'),
      'post /projects/{projectId}/tasks/{id}/take': connect('tasks:write'),
    });
  });

  test('tells of each route how it succeeds', () => {
    const { paths } = describeApi(api.app);
    for (const [path, item] of Object.entries(paths)) {
      for (const { responses } of Object.values(item)) {
        const statuses = path === '/health' ? ['200', '503'] : [expect.stringMatching(/^20[014]$/)];
        expect(Object.keys(responses)).toEqual(statuses);
      }
    }
  });

  test('is served to everybody, with the issuer and nobody’s data', async () => {
    const { text, body } = await api.http.get('/docs-json').expect(200);
    const openIdConnectUrl = `${api.issuer.issuer}/.well-known/openid-configuration`;
    expect(body.components.securitySchemes).toEqual({ connect: { type: 'openIdConnect', openIdConnectUrl } });
    expect(text).not.toContain('Hammock');
    await api.http.get('/docs').expect(200).expect('Content-Type', /html/);
  });
});
