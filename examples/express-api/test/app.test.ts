import { afterEach, beforeEach, expect, test } from '@jest/globals';
import request from 'supertest';
import { describeEngines } from 'walled-database/kit/describe-engines';
import { tables } from '../src/database/tables.js';
import { acme, globex } from '../src/sample-data.js';
import { type OpenApp, openApp } from './kit/open-app.js';

await describeEngines('the projects API', tables, (engine) => {
  let api: OpenApp;

  beforeEach(async () => {
    api = await openApp(engine().database);
  });

  afterEach(() => api.close());

  test('lists the projects of the organization that the token acts for, and no others', async () => {
    const own = await request(api.app).get('/projects').set(api.bearer(acme, 'projects:read'));
    expect([own.status, own.body]).toEqual([
      200,
      [
        { id: 'project_2', orgId: acme, name: 'Giant magnet' },
        { id: 'project_1', orgId: acme, name: 'Rocket skates' },
      ],
    ]);
    expect(own.headers).toMatchObject({ 'cache-control': 'private', vary: 'Authorization' });

    const other = await request(api.app).get('/projects').set(api.bearer(globex, 'projects:read'));
    expect(other.body).toEqual([{ id: 'project_3', orgId: globex, name: 'Hammock district' }]);
  });

  test("answers for another organization's project as for one that does not exist", async () => {
    const ask = (id: string) => request(api.app).get(`/projects/${id}`).set(api.bearer(globex, 'projects:read'));
    const foreign = await ask('project_1');
    expect([foreign.status, foreign.body]).toEqual([
      404,
      { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no such resource' },
    ]);
    for (const unknown of ['project_9', 'nothing', '%00', 'project_1%00']) {
      const answer = await ask(unknown);
      expect([answer.status, answer.text, headersOf(answer)]).toEqual([404, foreign.text, headersOf(foreign)]);
    }
  });

  test('does not delete another organization’s project', async () => {
    const refused = await request(api.app).delete('/projects/project_1').set(api.bearer(globex, 'projects:write'));
    expect(refused.status).toBe(404);
    const still = await request(api.app).get('/projects/project_1').set(api.bearer(acme, 'projects:read'));
    expect([still.status, still.body]).toEqual([200, { id: 'project_1', orgId: acme, name: 'Rocket skates' }]);
  });

  test('deletes one’s own', async () => {
    const own = api.bearer(acme, 'projects:read', 'projects:write');
    await request(api.app).delete('/projects/project_1').set(own).expect(204);
    await request(api.app).delete('/projects/project_1').set(own).expect(404);
    expect(await engine().admin('SELECT id FROM app.project ORDER BY id')).toEqual([
      { id: 'project_2' },
      { id: 'project_3' },
    ]);
  });

  test('creates a project in the organization of the token, whatever the body says', async () => {
    const token = api.bearer(acme, 'projects:write');
    const sent = { name: 'Earthquake pills', orgId: globex, org_id: globex };
    const created = await request(api.app).post('/projects').set(token).send(sent);
    expect([created.status, created.body]).toEqual([
      201,
      { id: expect.stringMatching(/^project_[0-9a-f]{16}$/), orgId: acme, name: 'Earthquake pills' },
    ]);
    const stored = await engine().admin('SELECT org_id, name FROM app.project WHERE id = $1', [created.body.id]);
    expect(stored).toEqual([{ org_id: acme, name: 'Earthquake pills' }]);
  });

  const unfit = [{}, { name: '' }, { name: 7 }, { name: 'a\u0000b' }, { name: 'x'.repeat(101) }, [{ name: 'Glue' }]];

  test.each(unfit.map((body) => [JSON.stringify(body).slice(0, 40), body]))(
    'creates nothing from %s',
    async (_, body) => {
      const refused = await request(api.app).post('/projects').set(api.bearer(acme, 'projects:write')).send(body);
      expect([refused.status, refused.body]).toEqual([
        422,
        {
          type: 'about:blank',
          title: 'Unprocessable Entity',
          status: 422,
          detail: 'name must be a text of 1 to 100 characters',
        },
      ]);
    },
  );

  test.each(['application/json', 'text/plain'])('creates nothing from a body of %s that is no JSON', async (type) => {
    const token = api.bearer(acme, 'projects:write');
    const refused = await request(api.app).post('/projects').set(token).type(type).send('name=Glue');
    expect([refused.status, refused.body]).toEqual([400, { type: 'about:blank', title: 'Bad Request', status: 400 }]);
  });

  test('refuses a token without an organization: 403', async () => {
    const refused = await request(api.app).get('/projects').set(api.bearer(null, 'projects:read'));
    expect(refused.status).toBe(403);
  });

  test('asks the issuer before it deletes, and refuses a revoked token: 401', async () => {
    const token = api.issuer.token({ org: acme, scopes: ['projects:read', 'projects:write'] });
    api.issuer.revoke(token);
    const listed = await request(api.app).get('/projects').set('Authorization', `Bearer ${token}`);
    expect(listed.status).toBe(200);
    const refused = await request(api.app).delete('/projects/project_1').set('Authorization', `Bearer ${token}`);
    expect(refused.status).toBe(401);
  });

  test('shows each organization what was done for it, and nothing else', async () => {
    await request(api.app).get('/projects/project_1').set(api.bearer(globex, 'projects:read')).expect(404);
    await request(api.app).get('/projects').set(api.bearer(acme, 'projects:read')).expect(200);
    await request(api.app).delete('/projects/project_2').set(api.bearer(acme, 'projects:write')).expect(204);
    await request(api.app).delete('/projects/project_1').expect(401);
    await api.trail.flush();

    const event = { at: expect.stringMatching(/^\d{4}-.*Z$/), by: api.issuer.client.clientId };
    const acmes = await request(api.app).get('/activity').set(api.bearer(acme, 'activity:read'));
    expect([acmes.status, acmes.body]).toEqual([
      200,
      [{ ...event, request: 'DELETE /projects/:id', decision: 'allow', reason: null }],
    ]);
    const globexes = await request(api.app).get('/activity').set(api.bearer(globex, 'activity:read'));
    expect(globexes.body).toEqual([{ ...event, request: 'GET /projects/:id', decision: 'deny', reason: 'not_found' }]);
    await request(api.app).get('/activity').set(api.bearer(acme, 'projects:read')).expect(403);
  });

  test('tells everybody that it is up and where tokens come from', async () => {
    expect((await request(api.app).get('/health')).body).toEqual({ status: 'up', keys: 'not loaded yet' });
    const metadata = await request(api.app).get('/.well-known/oauth-protected-resource');
    expect(metadata.body).toMatchObject({
      resource: 'https://api.example',
      authorization_servers: [api.issuer.issuer],
      scopes_supported: ['projects:read', 'projects:write', 'activity:read'],
    });
    const challenge = (await request(api.app).get('/projects')).headers['www-authenticate'];
    expect(challenge).toBe(
      'Bearer realm="api", resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
    );
  });
});

/** All that a caller gets to see in them, but for the moment at which they were sent. */
function headersOf({ headers }: { headers: Record<string, string> }): Record<string, string> {
  const { date: _, ...others } = headers;
  return others;
}
