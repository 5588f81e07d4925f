import { createTestIssuer, type TestIssuer } from '@connect-auth/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createApp } from '../src/app.js';
import { acme, globex } from '../src/projects.js';

let issuer: TestIssuer;
let app: ReturnType<typeof createApp>;

beforeEach(async () => {
  issuer = await createTestIssuer({ algorithm: 'ES256' });
  app = createApp({ resource: 'https://api.example', issuer: issuer.issuer, auth: issuer.verifierOptions() });
});

afterEach(async () => {
  await app.connectAuth.verifier.close();
  await issuer.close();
});

const bearer = (org: string | null, ...scopes: string[]) => `Bearer ${issuer.token({ org, scopes })}`;

describe('the projects API', () => {
  test('lists the projects of the organization that the token acts for, and no others', async () => {
    const own = await request(app).get('/projects').set('Authorization', bearer(acme, 'projects:read'));
    expect(own.status).toBe(200);
    expect(own.body.map(({ orgId }: { orgId: string }) => orgId)).toEqual([acme, acme]);

    const other = await request(app).get('/projects').set('Authorization', bearer(globex, 'projects:read'));
    expect(other.body).toEqual([{ id: 'project_3', orgId: globex, name: 'Hammock district' }]);
  });

  test("answers for another organization's project as for one that does not exist", async () => {
    const foreign = await request(app).get('/projects/project_1').set('Authorization', bearer(globex, 'projects:read'));
    const unknown = await request(app).get('/projects/project_9').set('Authorization', bearer(globex, 'projects:read'));
    expect([foreign.status, foreign.body]).toEqual([404, { error: 'not_found' }]);
    expect([unknown.status, unknown.text]).toEqual([foreign.status, foreign.text]);
  });

  test('does not delete another organization’s project', async () => {
    const refused = await request(app)
      .delete('/projects/project_1')
      .set('Authorization', bearer(globex, 'projects:write'));
    expect(refused.status).toBe(404);
    const still = await request(app).get('/projects/project_1').set('Authorization', bearer(acme, 'projects:read'));
    expect(still.status).toBe(200);
  });

  test('creates a project in the organization of the token, whatever the body says', async () => {
    const created = await request(app)
      .post('/projects')
      .set('Authorization', bearer(acme, 'projects:write'))
      .send({ name: 'Earthquake pills', orgId: globex });
    expect([created.status, created.body]).toEqual([201, { id: 'project_4', orgId: acme, name: 'Earthquake pills' }]);
  });

  test('refuses a token without an organization: 403', async () => {
    const refused = await request(app).get('/projects').set('Authorization', bearer(null, 'projects:read'));
    expect(refused.status).toBe(403);
  });

  test('asks the issuer before it deletes, and refuses a revoked token: 401', async () => {
    const token = issuer.token({ org: acme, scopes: ['projects:read', 'projects:write'] });
    issuer.revoke(token);
    const listed = await request(app).get('/projects').set('Authorization', `Bearer ${token}`);
    expect(listed.status).toBe(200);
    const refused = await request(app).delete('/projects/project_1').set('Authorization', `Bearer ${token}`);
    expect(refused.status).toBe(401);
  });

  test('tells everybody that it is up and where tokens come from', async () => {
    expect((await request(app).get('/health')).body).toEqual({ status: 'up', keys: 'not loaded yet' });
    const metadata = await request(app).get('/.well-known/oauth-protected-resource');
    expect(metadata.body).toMatchObject({ resource: 'https://api.example', authorization_servers: [issuer.issuer] });
    const challenge = (await request(app).get('/projects')).headers['www-authenticate'];
    expect(challenge).toBe(
      'Bearer realm="api", resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
    );
  });
});
