import type { TestIssuer } from '@connect-auth/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Inject, Param, Scope } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import {
  type Auth,
  ClientId,
  ConnectAuthModule,
  CurrentAuth,
  currentAuth,
  OrgId,
  RequireScopes,
  Scopes,
  UserId,
} from '../../src/index.js';
import { type Answer, answerOf, inRealm, missingToken, orgRequired, wrongActor } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';

let reached: string[] = [];

@Controller('callers')
class CallersController {
  @Get('auth')
  auth(@CurrentAuth() auth: Auth) {
    reached.push('auth');
    return { subject: auth.subject, same: auth === currentAuth(), frozen: Object.isFrozen(auth) };
  }

  @Get('org')
  org(@OrgId() orgId: string) {
    reached.push('org');
    return { orgId };
  }

  @Get('client')
  client(@ClientId() clientId: string) {
    reached.push('client');
    return { clientId };
  }

  @Get('user')
  user(@UserId() userId: string) {
    reached.push('user');
    return { userId };
  }

  @Get('scopes')
  scopes(@Scopes() scopes: ReadonlySet<string>) {
    reached.push('scopes');
    return { scopes: [...scopes] };
  }

  @Get('all/:id')
  @RequireScopes('projects:read')
  all(@Param('id') id: string, @OrgId() orgId: string, @UserId() userId: string, @ClientId() clientId: string) {
    reached.push('all');
    return { id, orgId, userId, clientId };
  }
}

@Controller({ path: 'scoped', scope: Scope.REQUEST })
class RequestScopedController {
  constructor(@Inject(REQUEST) private readonly request: { url: string }) {}

  @Get()
  show(@OrgId() orgId: string, @CurrentAuth() auth: Auth) {
    return { orgId, same: auth === currentAuth(), url: this.request.url };
  }
}

type Grant = NonNullable<Parameters<TestIssuer['token']>[0]>;
const user = 'user_7';
const noClient: Grant = { user, omit: ['client_id'] } as Grant;

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  let http: Awaited<ReturnType<typeof openNest>>['http'];
  beforeAll(async () => {
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global: true, realm: 'projects' })];
    const controllers = [CallersController, RequestScopedController];
    ({ http } = await openNest(platform, { imports, controllers }));
  });

  test.each<[path: string, grant: Grant, body: unknown]>([
    ['auth', { client: 'client_7' }, { subject: 'client_7', same: true, frozen: true }],
    ['auth', { user }, { subject: user, same: true, frozen: true }],
    ['org', { org: 'org_B' }, { orgId: 'org_B' }],
    ['org', { org: 'org_B', user }, { orgId: 'org_B' }],
    ['client', { client: 'client_7' }, { clientId: 'client_7' }],
    ['client', { client: 'client_7', user }, { clientId: 'client_7' }],
    ['user', { user }, { userId: user }],
    ['scopes', { scopes: ['b', 'a'] }, { scopes: ['b', 'a'] }],
    ['scopes', { scopes: [] }, { scopes: [] }],
    ['all/p1', { org: 'o', user, client: 'c' }, { id: 'p1', orgId: 'o', userId: user, clientId: 'c' }],
  ])('%s tells of the caller, at the first request and once the token is known', async (path, grant, body) => {
    const token = world.issuer.token(grant);
    for (const _time of ['first', 'second']) {
      await http
        .get(`/callers/${path}`)
        .set(bearer(token))
        .expect(200, body as object);
    }
  });

  test.each<[path: string, grant: Grant, expected: Answer]>([
    ['org', { org: null }, orgRequired],
    ['user', {}, wrongActor],
    ['client', noClient, wrongActor],
    ['all/p1', { org: null, user }, orgRequired],
    ['all/p1', {}, wrongActor],
    ['all/p1', noClient, wrongActor],
  ])(
    '%s has no value: 403 in the realm of the module, and the handler is not reached',
    async (path, grant, expected) => {
      reached = [];
      const token = world.issuer.token(grant);
      for (const _time of ['first', 'second']) {
        const answer = await http.get(`/callers/${path}`).set(bearer(token));
        expect(answerOf(answer)).toEqual(inRealm('projects', expected));
      }
      expect(reached).toEqual([]);
    },
  );

  test.each(['auth', 'org', 'client', 'user', 'scopes', 'all/p1'])('%s without a token: 401', async (path) => {
    reached = [];
    expect(answerOf(await http.get(`/callers/${path}`))).toEqual(inRealm('projects', missingToken));
    expect(reached).toEqual([]);
  });

  test('a request-scoped controller is told of the caller of its request', async () => {
    const orgs = ['org_A', 'org_B', 'org_C'];
    const ask = (org: string) => http.get(`/scoped?of=${org}`).set(bearer(world.issuer.token({ org })));
    const answers = await Promise.all(orgs.map(ask));
    expect(answers.map(({ body }) => body)).toEqual(
      orgs.map((org) => ({ orgId: org, same: true, url: `/scoped?of=${org}` })),
    );
    expect(answerOf(await http.get('/scoped').set(bearer(world.issuer.token({ org: null }))))).toEqual(
      inRealm('projects', orgRequired),
    );
  });
});
