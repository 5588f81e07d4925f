import { randomBytes } from 'node:crypto';
import { expectIsolated, IsolationError } from '@connect-auth/testing/isolation';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import request from 'supertest';
import { describeEngines } from 'walled-database/kit/describe-engines';
import type { Engine } from 'walled-database/kit/engine';
import { tables } from '../src/database/tables.js';
import { acme, globex } from '../src/sample-data.js';
import { type OpenApp, openApp } from './kit/open-app.js';

const everything = ['projects:read', 'projects:write', 'activity:read'];

/** Asks every route as Acme, with whatever could bring it something of Globex's. */
const probe = ({ admin }: Engine, { app, issuer, trail }: OpenApp) =>
  expectIsolated(app, {
    orgs: { a: { id: acme }, b: { id: globex } },
    issuer,
    scopes: everything,
    seed: async (org) => {
      const id = `project_${randomBytes(8).toString('hex')}`;
      await admin('INSERT INTO app.project (org_id, id, name) VALUES ($1, $2, $3)', [org.id, id, org.canary]);
      await trail.write({
        org: { id: org.id, source: 'token.org_id' },
        actor: { type: 'user', id: org.canary },
        action: 'project.create',
        decision: 'allow',
        http: { method: 'POST', route: '/projects' },
      });
      return { id };
    },
    params: { id: ({ id }) => id },
    bodies: { 'POST /projects': () => ({ name: 'Earthquake pills' }) },
    snapshot: async ({ id }) => {
      await trail.flush();
      return [
        await admin('SELECT * FROM app.project WHERE org_id = $1 ORDER BY id', [id]),
        // What Acme asks must not turn up in the trail of Globex, which only ever grows.
        await admin('SELECT count(*), max(id) FROM app.audit_event WHERE org_id = $1', [id]),
      ];
    },
    allow: { 'GET /health': 'for everybody: whether the API is up, which is the same whoever asks' },
  });

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
    expect(coverage.skipped.map(({ route }) => route)).toEqual(['GET /health']);
    expect([...coverage.probed].sort()).toEqual([
      'DELETE /projects/:id',
      'GET /activity',
      'GET /projects',
      'GET /projects/:id',
      'GET /whoami',
      'POST /projects',
    ]);
  });
});

await describeEngines('without the walls', tables, (engine) => {
  let api: OpenApp;
  beforeEach(async () => {
    api = await openApp(engine().database);
    for (const table of ['project', 'audit_event']) await engine().admin(`DROP POLICY org_wall ON app.${table}`);
  });
  afterEach(() => api.close());

  test('the same probe goes red, and what has another layer holds', async () => {
    const refused = await probe(engine(), api).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(IsolationError);
    const { findings, coverage } = (refused as IsolationError).report;
    // Nothing in these answers tells whose they are: the wall is all there is.
    expect(findings.map(({ kind, route }) => `${kind} on ${route}`)).toEqual(['unfiltered-list on GET /activity']);
    // `orgEgress` sends no list with another's rows in it, and so nobody gets one.
    expect(coverage.uncovered).toEqual([{ route: 'GET /projects', reason: "A's own request was answered 500" }]);
    // One object: `orgOwned`. A new one: `orgStamp`.
    expect([...coverage.probed].sort()).toEqual([
      'DELETE /projects/:id',
      'GET /activity',
      'GET /projects/:id',
      'GET /whoami',
      'POST /projects',
    ]);

    const blocked = await request(api.app)
      .get('/projects')
      .set(api.bearer(acme, ...everything));
    expect([blocked.status, blocked.body]).toMatchObject([500, { error: 'org_leak_blocked' }]);
    expect(blocked.text).not.toContain('Hammock');
  });
});
