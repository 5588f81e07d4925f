import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CanActivate,
  Controller,
  Get,
  Inject,
  Injectable,
  type MessageEvent,
  Scope,
  Sse,
  UseGuards,
} from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { MessagePattern, type MicroserviceOptions, Transport } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { from } from 'rxjs';
import request from 'supertest';
import { ConnectAuthGuard, ConnectAuthModule, currentAuth, OrgId, Public, RequireScopes } from '../../src/index.js';
import { answerOf, insufficientScope, missingToken } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { createNest, openNest, platforms } from '../open-nest.js';

@Injectable({ scope: Scope.REQUEST })
class ScopedGuard implements CanActivate {
  constructor(@Inject(REQUEST) private readonly request: { headers: Record<string, string> }) {}

  canActivate() {
    return this.request.headers['x-closed'] === undefined;
  }
}

@Controller('projects')
class ProjectsController {
  @Get()
  @RequireScopes('projects:read')
  list(@OrgId() orgId: string) {
    return { orgId, same: currentAuth().orgId === orgId };
  }

  @Get('scoped')
  @UseGuards(ScopedGuard)
  @RequireScopes('projects:read')
  scoped(@OrgId() orgId: string) {
    return { orgId, same: currentAuth().orgId === orgId };
  }

  @Sse('events')
  @RequireScopes('projects:read')
  events() {
    const { orgId } = currentAuth();
    return from<MessageEvent[]>([{ data: { orgId } }, { data: 'last' }]);
  }

  @MessagePattern('list')
  @Public()
  handle() {}
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

const orgB = (scopes = ['projects:read']) => bearer(world.issuer.token({ org: 'org_B', scopes }));
const expected = { orgId: 'org_B', same: true };
const metadata = (extras = {}) => ({
  imports: [ConnectAuthModule.forRoot({ ...world.trust(), ...extras })],
  controllers: [ProjectsController],
});

describe.each(platforms)('%s', (platform) => {
  test('a stream of events is refused as a whole, or let through', async () => {
    const { http } = await openNest(platform, metadata());
    for (const _time of ['first', 'second']) {
      expect(answerOf(await http.get('/projects/events'))).toEqual(missingToken);
      const poor = await http.get('/projects/events').set(orgB(['x']));
      expect(answerOf(poor)).toEqual(insufficientScope('projects:read'));
      const { status, headers, text } = await http.get('/projects/events').set(orgB());
      expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('text/event-stream')]);
      expect(text).toContain('data: {"orgId":"org_B"}');
      expect(text).toContain('data: last');
    }
  });

  test('beside a request-scoped guard of the application’s', async () => {
    const { http } = await openNest(platform, metadata());
    await http.get('/projects/scoped').set(orgB()).expect(200, expected);
    await http
      .get('/projects/scoped')
      .set({ ...orgB(), 'x-closed': 'yes' })
      .expect(403);
    expect(answerOf(await http.get('/projects/scoped'))).toEqual(missingToken);
  });

  test('the HTTP side of a hybrid application is guarded as ever', async () => {
    const { http } = await openNest(platform, {
      ...metadata({ global: true }),
      prepare: async (app) => {
        const options = { host: '127.0.0.1', port: 0 };
        app.connectMicroservice<MicroserviceOptions>({ transport: Transport.TCP, options }, { inheritAppConfig: true });
        await app.startAllMicroservices();
      },
    });
    await http.get('/projects').set(orgB()).expect(200, expected);
    expect(answerOf(await http.get('/projects'))).toEqual(missingToken);
  });
});

test('inject() of Fastify', async () => {
  const app = (await createNest('Fastify', metadata())) as NestFastifyApplication;
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const good = await app.inject({ url: '/projects', headers: orgB() });
  expect([good.statusCode, good.json()]).toEqual([200, expected]);
  const { statusCode, headers, body } = await app.inject({ url: '/projects' });
  expect([statusCode, headers['www-authenticate'], JSON.parse(body)]).toEqual([
    401,
    missingToken.challenge,
    missingToken.body,
  ]);
});

test('in a test of an application, the guard can be put out of the way', async () => {
  const pass = { canActivate: () => true };
  @Controller()
  @UseGuards(ConnectAuthGuard)
  class RootController {
    @Get()
    list() {}
  }
  const imports = [ConnectAuthModule.forRoot(world.trust())];
  const module = await Test.createTestingModule({ imports, controllers: [RootController] })
    .overrideGuard(ConnectAuthGuard)
    .useValue(pass)
    .compile();
  const app = module.createNestApplication();
  await app.listen(0, '127.0.0.1');
  await request(app.getHttpServer()).get('/').expect(200);
  await app.close();
});
