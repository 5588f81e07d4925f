import { setImmediate } from 'node:timers/promises';
import { ConfigurationError, findCurrentAuth } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { Controller, Get, Inject, Injectable, UseGuards } from '@nestjs/common';
import { ExternalContextCreator } from '@nestjs/core';
import { MessagePattern } from '@nestjs/microservices';
import { ConnectAuthGuard, ConnectAuthModule, currentAuth, OptionalAuth, Public, RequireOrg } from '../../src/index.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';

let reached: unknown[] = [];
const message = { token: '' };
const withoutFilters = { guards: true, interceptors: true, filters: false };

/** Work that comes from a queue, say, and is guarded as requests are. */
@Injectable()
class Worker {
  @UseGuards(ConnectAuthGuard) guarded() {
    reached.push(currentAuth().orgId);
  }
  @OptionalAuth() optional() {
    reached.push(currentAuth().orgId);
  }
}

/** A handler of messages that a transport within the process hands over. */
@Controller()
class MessagesController {
  @MessagePattern('public') @Public() public() {
    return findCurrentAuth()?.orgId ?? 'nobody';
  }
}

@Controller()
class RootController {
  constructor(
    @Inject(ExternalContextCreator) private readonly creator: ExternalContextCreator,
    @Inject(Worker) private readonly worker: Worker,
    @Inject(MessagesController) private readonly messages: MessagesController,
  ) {}

  @Get('guarded') @RequireOrg() guarded() {
    return this.hand('guarded');
  }
  @Get('optional') @RequireOrg() optional() {
    return this.hand('optional');
  }

  @Get('message') @RequireOrg() async message() {
    const [messages, { public: handler }] = [this.messages, MessagesController.prototype];
    const inside = await this.creator.create(
      messages,
      handler,
      'public',
      undefined,
      undefined,
      undefined,
      undefined,
      withoutFilters,
      'rpc',
    )({});
    return { inside, after: currentAuth().orgId };
  }

  private async hand(name: 'guarded' | 'optional') {
    const call = this.creator.create(
      this.worker,
      this.worker[name],
      name,
      undefined,
      undefined,
      undefined,
      undefined,
      withoutFilters,
    );
    const errors: unknown[] = [];
    for (const headers of [bearer(message.token), {}]) await call({ headers }).catch((error) => errors.push(error));
    const before = currentAuth().orgId;
    await setImmediate();
    return { before, after: currentAuth().orgId, errors: errors.map(String) };
  }
}

const problem = String(
  new ConfigurationError('currentAuth()', 'is of another request: something goes on with this one inside that one'),
);

describe.each(platforms)('%s', (platform) => {
  test.each(['guarded', 'optional'])(
    'a call with a head of its own inside a request is refused (%s), and the request keeps its caller',
    async (path) => {
      reached = [];
      const { issuer, trust } = await openIssuer();
      message.token = issuer.token({ org: 'org_B' });
      const { http } = await openNest(platform, {
        imports: [ConnectAuthModule.forRoot({ ...trust(), checkRoutes: false })],
        controllers: [RootController],
        providers: [Worker, MessagesController],
      });
      const { body } = await http.get(`/${path}`).set(bearer(issuer.token({ org: 'org_A' })));
      expect([body, reached]).toEqual([{ before: 'org_A', after: 'org_A', errors: [problem, problem] }, []]);
    },
  );

  test('a public message that is handled inside a request has no caller, and the request keeps its own', async () => {
    const { issuer, trust } = await openIssuer();
    const { http } = await openNest(platform, {
      imports: [ConnectAuthModule.forRoot({ ...trust(), checkRoutes: false })],
      controllers: [RootController, MessagesController],
      providers: [Worker, MessagesController],
    });
    const { body } = await http.get('/message').set(bearer(issuer.token({ org: 'org_A' })));
    expect(body).toEqual({ inside: 'nobody', after: 'org_A' });
  });
});
