import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CacheInterceptor, CacheModule } from '@nestjs/cache-manager';
import { Controller, Get, type Type, UseInterceptors } from '@nestjs/common';
import supertest from 'supertest';
import { OrgCacheInterceptor } from '../../src/cache/org-cache.interceptor.js';
import { ConnectAuthModule, OptionalAuth, OrgEgressInterceptor, OrgId } from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, type Platform, platforms } from '../open-nest.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

let made = 0;
afterEach(() => {
  made = 0;
});

/** An application whose answers are cached by the interceptor. */
async function openCached(platform: Platform, interceptor: Type) {
  @Controller('reports')
  @UseInterceptors(interceptor)
  class Reports {
    @Get()
    list(@OrgId() orgId: string) {
      made += 1;
      return { org_id: orgId, made };
    }

    @Get('open')
    @OptionalAuth()
    open() {
      made += 1;
      return { made };
    }
  }
  const { app } = await openNest(platform, {
    imports: [ConnectAuthModule.forRoot({ ...world.trust(), global: true }), CacheModule.register({ ttl: 0 })],
    controllers: [Reports],
    prepare: (app) => void app.useGlobalInterceptors(new OrgEgressInterceptor()),
  });
  return supertest(app.getHttpServer());
}

const callerOf = (org: string) => bearer(world.issuer.token({ org }));

describe.each(platforms)('%s', (platform) => {
  test('each organization has its own answers, and its own again', async () => {
    const http = await openCached(platform, OrgCacheInterceptor);
    for (const [org, expected] of [
      ['org_A', 1],
      ['org_B', 2],
      ['org_A', 1],
      ['org_B', 2],
    ] as const) {
      const answer = await http.get('/reports').set(callerOf(org));
      expect([answer.status, answer.body]).toEqual([200, { org_id: org, made: expected }]);
    }
    expect(made).toBe(2);
  });

  test('where there is no organization nothing is cached', async () => {
    const http = await openCached(platform, OrgCacheInterceptor);
    for (const expected of [1, 2]) await http.get('/reports/open').expect(200, { made: expected });
  });

  test('Nest’s own gives B what it kept for A, and the egress check stops it', async () => {
    const http = await openCached(platform, CacheInterceptor);
    await http.get('/reports').set(callerOf('org_A')).expect(200, { org_id: 'org_A', made: 1 });
    const answer = await http.get('/reports').set(callerOf('org_B'));
    expect([answer.status, answer.body]).toEqual([
      500,
      {
        type: 'about:blank',
        title: 'Internal Server Error',
        status: 500,
        detail: 'The answer was not sent',
        error: 'org_leak_blocked',
      },
    ]);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});
