import { ConfigurationError, OrgForbiddenError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import {
  connectAuth,
  orgBody,
  orgHeader,
  orgOwned,
  orgParam,
  orgQuery,
  orgStamp,
  orgSubdomain,
  requireLive,
  requireOrg,
} from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { openOrgApi, openWorld, type World } from './open-org-api.js';
import { forbidden, nobody } from './refusals.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

/** Each of them, on a path and with a request that suit it. */
const guards: readonly (readonly [call: string, make: () => RequestHandler])[] = [
  ['requireOrg()', () => requireOrg()],
  ["orgParam('orgId')", () => orgParam('orgId')],
  ["orgHeader('X-Org-Id')", () => orgHeader('X-Org-Id')],
  ["orgQuery('org_id')", () => orgQuery('org_id')],
  ['orgSubdomain()', () => orgSubdomain({ domain: 'api.test', orgOf: () => 'org_A' })],
  ["orgBody('org_id')", () => orgBody('org_id')],
  ["orgStamp('org_id')", () => orgStamp()],
  ["orgOwned('project')", () => orgOwned('project', (id) => ({ id, org_id: 'org_A' }))],
];
const path = '/orgs/org_A/projects/p1?org_id=org_A';
const route = '/orgs/:orgId/projects/:id';
const headers = { 'x-org-id': 'org_A', host: 'acme.api.test' };

describe.each(expressVersions)('%s', (_name, express) => {
  describe.each(guards)('%s', (call, make) => {
    const openGuarded = (...before: RequestHandler[]) =>
      openOrgApi(express, world, (app, handler) => app.get(route, make(), handler), ...before);

    test('the own organization: the handler is reached, in its frame', async () => {
      const { ask, reached } = await openGuarded();
      expect(await ask(path, { headers })).toMatchObject({ status: 200, body: '{"org":"org_A"}' });
      expect(reached).toHaveLength(1);
    });

    test('a caller without an organization: 403, and the handler is not reached', async () => {
      const { askAs, reached, errors } = await openGuarded();
      expect(await askAs(world.tokens.none, path, { headers })).toEqual(forbidden);
      expect([reached, errors]).toEqual([[], []]);
    });

    test('nobody: 401, and the handler is not reached', async () => {
      const { askAs, reached } = await openGuarded(connectAuth.optional(world.trust()));
      expect(await askAs(undefined, path, { headers })).toEqual(nobody);
      expect(reached).toEqual([]);
    });

    test('no connectAuth() before it: 500 by the error handler, and the handler is not reached', async () => {
      const { ask, reached, errors } = await openGuarded((_req, _res, next) => next());
      expect(await ask(path, { headers })).toMatchObject({ status: 500, body: 'kept' });
      expect([reached, errors]).toEqual([[], [new ConfigurationError(call, 'needs connectAuth() before it')]]);
    });

    test('with passErrors the refusal goes to the error handler, by its reason', async () => {
      const { askAs, reached, errors } = await openGuarded(connectAuth({ ...world.trust(), passErrors: true }));
      expect(await askAs(world.tokens.none, path, { headers })).toMatchObject({ status: 500, body: 'kept' });
      expect([reached, errors]).toEqual([[], [new OrgForbiddenError('org_required')]]);
    });

    test.each(['before', 'behind'])(
      'an organization that the issuer changed, requireLive() %s it: not reached',
      async (place) => {
        const answer: { org_id?: string } = {};
        const token = world.issuer.opaqueToken({ org: 'org_A', answer });
        const chain = place === 'before' ? [requireLive(), make()] : [make(), requireLive()];
        const { askAs, reached } = await openOrgApi(express, world, (app, handler) =>
          app.get(route, ...chain, handler),
        );
        expect(await askAs(token, path, { headers })).toMatchObject({ status: 200 });
        answer.org_id = 'org_B';
        expect((await askAs(token, path, { headers })).status).toBe(401);
        expect(reached).toHaveLength(1);
      },
    );

    test('a req.auth that somebody else wrote changes nothing', async () => {
      const { askAs, reached } = await openOrgApi(express, world, (app, handler) => {
        app.use((req, _res, next) => {
          req.auth = { ...req.auth, orgId: 'org_A' };
          next();
        });
        app.get(route, make(), handler);
      });
      expect(await askAs(world.tokens.none, path, { headers })).toEqual(forbidden);
      expect(reached).toEqual([]);
    });
  });
});

describe('where the route is declared', () => {
  const load = () => null;
  const orgOf = () => 'org_A';
  test.each<[what: string, declare: () => unknown]>([
    ['orgParam without a name', () => orgParam('')],
    ['orgParam with a list', () => orgParam(['orgId'] as never)],
    ['orgParam with an unknown option', () => orgParam('orgId', { foriegn: 'hide' } as never)],
    ['orgParam with an unknown answer', () => orgParam('orgId', { foreign: '404' as never })],
    ['orgHeader without a name', () => orgHeader(' ')],
    ['orgHeader with a name that no header has', () => orgHeader('X Org Id')],
    ['orgHeader with a colon', () => orgHeader('X-Org-Id:')],
    ['orgHeader with an unknown option', () => orgHeader('X-Org-Id', { hide: true } as never)],
    ['orgQuery without a name', () => orgQuery(undefined as never)],
    ['orgQuery with an unknown answer', () => orgQuery('org_id', { foreign: true as never })],
    ['orgSubdomain without options', () => orgSubdomain(undefined as never)],
    ['orgSubdomain without a domain', () => orgSubdomain({ orgOf } as never)],
    ['orgSubdomain with a port', () => orgSubdomain({ domain: 'api.test:443', orgOf })],
    ['orgSubdomain without orgOf', () => orgSubdomain({ domain: 'api.test' } as never)],
    ['orgSubdomain with a map', () => orgSubdomain({ domain: 'api.test', orgOf: new Map() as never })],
    ['orgSubdomain with an unknown option', () => orgSubdomain({ domain: 'api.test', orgOf, trust: true } as never)],
    ['orgBody without a field', () => orgBody('')],
    ['orgStamp with an empty field', () => orgStamp('')],
    ['orgOwned without a type', () => orgOwned('', load)],
    ['orgOwned without a loader', () => orgOwned('project', undefined as never)],
    ['orgOwned with an unknown option', () => orgOwned('project', load, { params: 'id' } as never)],
    ['orgOwned with an unknown answer', () => orgOwned('project', load, { foreign: 'show' as never })],
    ['orgOwned with an orgOf that is none', () => orgOwned('project', load, { orgOf: 'org_id' as never })],
    ['orgOwned with an empty parameter', () => orgOwned('project', load, { param: '' })],
  ])('%s: refused', (_what, declare) => {
    expect(declare).toThrow(ConfigurationError);
  });
});
