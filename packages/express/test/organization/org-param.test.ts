import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { orgParam } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { openOrgApi, openWorld, type World } from './open-org-api.js';
import { ambiguous, forbidden, notFound } from './refusals.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

describe.each(expressVersions)('%s', (name, express) => {
  const open = () =>
    openOrgApi(express, world, (app, handler) => app.get('/orgs/:orgId/projects', orgParam('orgId'), handler));

  test.each(['org_A', 'org%5FA', 'org%5fA', '%6frg_A'])('/orgs/%s is the own, decoded once: 200', async (orgId) => {
    const { ask } = await open();
    expect(await ask(`/orgs/${orgId}/projects`)).toMatchObject({ status: 200, body: '{"org":"org_A"}' });
  });

  test.each([
    'org_B',
    'org_a',
    'ORG_A',
    'org_A%20',
    '%20org_A',
    'org_A%00',
    'org_AA',
    'org%255FA',
    'org_A,org_A',
    'org_A;x',
    'unknown',
  ])('/orgs/%s is another: 404 as if there were nothing, and the handler is not reached', async (orgId) => {
    const { ask, reached, errors } = await open();
    expect(await ask(`/orgs/${orgId}/projects`)).toEqual(notFound);
    expect([reached, errors]).toEqual([[], []]);
  });

  test('a path that cannot be decoded is no path, and the handler is not reached', async () => {
    const { ask, reached } = await open();
    expect((await ask('/orgs/org_A%E0%A4/projects')).status).toBe(500); // What the error handler of the tests answers.
    expect(reached).toEqual([]);
  });

  test('told to forbid: 403', async () => {
    const { ask } = await openOrgApi(express, world, (app, handler) =>
      app.get('/orgs/:orgId', orgParam('orgId', { foreign: 'forbid' }), handler),
    );
    expect(await ask('/orgs/org_B')).toEqual(forbidden);
    expect(await ask('/orgs/org_A')).toMatchObject({ status: 200 });
  });

  test('on what routers are mounted under it counts for all below', async () => {
    const { ask, reached } = await openOrgApi(express, world, (app, handler) => {
      const router = express.Router();
      router.get('/projects/:id', handler);
      app.use('/orgs/:orgId', orgParam('orgId'), router);
    });
    expect(await ask('/orgs/org_A/projects/1')).toMatchObject({ status: 200 });
    expect(await ask('/orgs/org_B/projects/1')).toEqual(notFound);
    expect(reached).toHaveLength(1);
  });

  const missing = [new ConfigurationError("orgParam('orgId')", 'stands on a path without that parameter')];

  test('in a router that is not told the parameters of its parent: 500, and the handler is not reached', async () => {
    const { ask, reached, errors } = await openOrgApi(express, world, (app, handler) => {
      const router = express.Router();
      router.get('/projects', orgParam('orgId'), handler);
      app.use('/orgs/:orgId', router);
    });
    expect(await ask('/orgs/org_A/projects')).toMatchObject({ status: 500, body: 'kept' });
    expect([reached, errors]).toEqual([[], missing]);
  });

  test('in one that is told them: 200 and 404', async () => {
    const { ask } = await openOrgApi(express, world, (app, handler) => {
      const router = express.Router({ mergeParams: true });
      router.get('/projects', orgParam('orgId'), handler);
      app.use('/orgs/:orgId', router);
    });
    expect(await ask('/orgs/org_A/projects')).toMatchObject({ status: 200 });
    expect(await ask('/orgs/org_B/projects')).toEqual(notFound);
  });

  test('on a path without the parameter, whatever objects inherit: 500, and the handler is not reached', async () => {
    for (const param of ['orgId', 'constructor', '__proto__', 'toString']) {
      const { ask, reached } = await openOrgApi(express, world, (app, handler) =>
        app.get('/projects/:id', orgParam(param), handler),
      );
      expect(await ask('/projects/org_A')).toMatchObject({ status: 500, body: 'kept' });
      expect(reached).toEqual([]);
    }
  });

  test('with a router’s own parameter of the same name, the one that the handler sees counts', async () => {
    const { ask } = await openOrgApi(express, world, (app, handler) => {
      const router = express.Router({ mergeParams: true });
      router.get('/shared/:orgId', orgParam('orgId'), handler);
      app.use('/orgs/:orgId', router);
    });
    expect(await ask('/orgs/org_B/shared/org_A')).toMatchObject({ status: 200 });
    expect(await ask('/orgs/org_A/shared/org_B')).toEqual(notFound);
  });

  test('a rest of a path, of any number of parts', async () => {
    const [path, param] = name === 'Express 4' ? (['/orgs/*', '0'] as const) : (['/orgs/*rest', 'rest'] as const);
    const { ask, reached } = await openOrgApi(express, world, (app, handler) =>
      app.get(path, orgParam(param), handler),
    );
    const [one, two] = [await ask('/orgs/org_A'), await ask('/orgs/org_A/org_B')];
    // Express 4 has the text of the rest, Express 5 a list of its parts: a list is no organization.
    if (name === 'Express 4') expect([one.status, two]).toEqual([200, notFound]);
    else expect([one, two]).toEqual([ambiguous, ambiguous]);
    expect(reached).toHaveLength(name === 'Express 4' ? 1 : 0);
  });

  test('by another method of the same route: HEAD is answered alike', async () => {
    const { ask } = await open();
    const { 'content-length': _, ...headers } = notFound.headers;
    expect(await ask('/orgs/org_B/projects', { method: 'HEAD' })).toEqual({ status: 404, headers, body: '' });
    expect(await ask('/orgs/org_A/projects', { method: 'HEAD' })).toMatchObject({ status: 200 });
  });
});
