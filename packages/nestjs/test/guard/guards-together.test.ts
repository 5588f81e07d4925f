import { setImmediate } from 'node:timers/promises';
import { findCurrentAuth } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type CanActivate, Injectable, UseGuards } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ConnectAuthGuard, OptionalAuth, RequireScopes } from '../../src/index.js';
import { answerOf, insufficientScope, missingToken } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { platforms } from '../open-nest.js';
import { openProjects } from '../open-projects.js';
import { XTokenGuard } from './x-token.guard.js';

/** A guard of the application's, that takes its time; it keeps whom it is asked about. */
const seen: unknown[] = [];
@Injectable()
class SlowGuard implements CanActivate {
  async canActivate() {
    seen.push(findCurrentAuth()?.orgId);
    await setImmediate();
    return true;
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  test('a global guard, one on the class and one on the handler are as good as one', async () => {
    const declared = {
      onClass: [UseGuards(ConnectAuthGuard)],
      onHandler: [UseGuards(ConnectAuthGuard), RequireScopes('projects:read')],
    };
    const { http, reached } = await openProjects(platform, { ...world.trust(), global: true }, declared);
    const token = world.issuer.token({ org: 'org_B' });
    for (const _time of ['first', 'second'])
      await http.get('/projects').set(bearer(token)).expect(200, { org: 'org_B' });
    expect(answerOf(await http.get('/projects'))).toEqual(missingToken);
    const poor = bearer(world.issuer.token({ scopes: [] }));
    expect(answerOf(await http.get('/projects').set(poor))).toEqual(insufficientScope('projects:read'));
    expect(reached).toEqual(['org_B', 'org_B']);
  });

  test.each([
    ['before it', [SlowGuard, ConnectAuthGuard], [undefined, undefined]],
    ['behind it', [ConnectAuthGuard, SlowGuard], ['org_B', 'org_B']],
    ['on both sides', [SlowGuard, ConnectAuthGuard, SlowGuard], [undefined, 'org_B', undefined, 'org_B']],
  ])('with a slow guard %s the handler is told of the caller', async (_where, guards, expected) => {
    seen.length = 0;
    const { http, reached } = await openProjects(platform, world.trust(), { onHandler: [UseGuards(...guards)] });
    const token = bearer(world.issuer.token({ org: 'org_B' }));
    for (const _time of ['first', 'second']) await http.get('/projects').set(token).expect(200, { org: 'org_B' });
    expect([reached, seen]).toEqual([['org_B', 'org_B'], expected]);
  });

  test('with a slow global guard of the application’s before ours', async () => {
    const providers = [{ provide: APP_GUARD, useClass: SlowGuard }];
    const setup = { providers };
    const { http, reached } = await openProjects(platform, { ...world.trust(), global: true }, {}, setup);
    await http
      .get('/projects')
      .set(bearer(world.issuer.token({ org: 'org_B' })))
      .expect(200, { org: 'org_B' });
    await http.get('/projects').expect(401);
    expect(reached).toEqual(['org_B']);
  });

  test('what a guard let in does not count where one behind it refuses', async () => {
    const declared = { onHandler: [UseGuards(ConnectAuthGuard, XTokenGuard)] };
    const { http, reached } = await openProjects(platform, world.trust(), declared);
    const good = world.issuer.token({ org: 'org_B' });
    expect(answerOf(await http.get('/projects').set(bearer(good)))).toEqual(missingToken);
    const other = world.issuer.token({ org: 'org_B', scopes: [] });
    await http
      .get('/projects')
      .set({ ...bearer(good), 'x-token': other })
      .expect(200, { org: 'org_B' });
    expect(reached).toEqual(['org_B']);
  });

  test('whom a guard let in does not count where one behind it lets pass nobody', async () => {
    const declared = { onHandler: [OptionalAuth(), UseGuards(XTokenGuard)] };
    const { http } = await openProjects(platform, world.trust(), declared);
    const headers = bearer(world.issuer.token({ org: 'org_B' }));
    for (const _time of ['first', 'second']) await http.get('/projects').set(headers).expect(200, { org: null });
    const both = { ...headers, 'x-token': world.issuer.token({ org: 'org_B' }) };
    await http.get('/projects').set(both).expect(200, { org: 'org_B' });
  });

  test('a request that two guards find two organizations for is nobody’s', async () => {
    const declared = { onHandler: [UseGuards(ConnectAuthGuard, XTokenGuard)] };
    const { http, reached } = await openProjects(platform, world.trust(), declared);
    const [first, second] = ['org_A', 'org_B'].map((org) => world.issuer.token({ org }));
    const both = { ...bearer(first as string), 'x-token': second as string };
    await http.get('/projects').set(both).expect(500, { statusCode: 500, message: 'Internal server error' });
    expect(reached).toEqual([]);
  });
});
