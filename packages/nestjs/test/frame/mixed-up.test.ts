import { setImmediate } from 'node:timers/promises';
import { ConfigurationError } from '@connect-auth/core';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  Controller,
  Get,
  type INestApplication,
  Inject,
  type MiddlewareConsumer,
  Module,
  UseGuards,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import {
  ConnectAuthGuard,
  ConnectAuthModule,
  ConnectAuthVerifier,
  currentAuth,
  OptionalAuth,
  OrgId,
  Public,
} from '../../src/index.js';
import { answerOf, serverError } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, type Platform, platforms } from '../open-nest.js';

const reached: unknown[] = [];

@Controller()
class RootController {
  @Get('first')
  @UseGuards(ConnectAuthGuard)
  async first(@OrgId() orgId: string) {
    const before = currentAuth().orgId;
    await setImmediate();
    return { orgId, before, after: currentAuth().orgId };
  }
  @Get('guarded')
  @UseGuards(ConnectAuthGuard)
  guarded() {
    reached.push(currentAuth().orgId);
  }
  @Get('optional')
  @OptionalAuth()
  optional() {
    reached.push(currentAuth().orgId);
  }
  @Get('public')
  @Public()
  @UseGuards(AuthGuard('connect'))
  public() {
    reached.push(currentAuth().orgId);
  }
  @Get('parameter')
  parameter(@OrgId() orgId: string) {
    reached.push(orgId);
  }
}

/**
 * Holds the first request until there is a second, and then goes on with both where the first one waited: so do helpers
 * that ask a database or a cache once for many.
 */
function openMeeting() {
  let arrived = () => {};
  let meet = () => {};
  const first = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const second = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const waiting: (() => void)[] = [];
  const middleware = (_request: unknown, _response: unknown, next: () => void): void => {
    waiting.push(next);
    if (waiting.length > 1) return meet();
    void second.then(() => {
      for (const each of waiting) each();
    });
    arrived();
  };
  return { first, middleware };
}

// Passport has one strategy of a name for the whole process.
let app: INestApplication | undefined;
afterEach(() => app?.close());

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

/** On Express a middleware of the application comes after the frame; on Fastify one does that comes as a hook. */
async function openMixed(
  platform: Platform,
  middleware: ReturnType<typeof openMeeting>['middleware'],
  global: boolean,
) {
  @Module({
    imports: [ConnectAuthModule.forRoot({ ...world.trust(), global, checkRoutes: false })],
    controllers: [RootController],
  })
  class FeatureModule {
    configure(consumer: MiddlewareConsumer) {
      if (platform === 'Express') consumer.apply(middleware).forRoutes('*path');
    }
  }
  @Module({ imports: [FeatureModule] })
  class LaterModule {
    constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

    onModuleInit() {
      if (platform === 'Fastify') this.host.httpAdapter.getInstance().addHook('preHandler', middleware);
    }
  }
  await app?.close();
  const nest = await openNest(platform, { imports: [LaterModule] });
  ({ app } = nest);
  return nest;
}

const problem = new ConfigurationError(
  'currentAuth()',
  'is of another request: something goes on with this one inside that one',
);

describe.each(platforms)('%s: a request that goes on inside another one', (platform) => {
  describe.each([true, false])('global: %p', (global) => {
    test.each(['guarded', 'optional', 'public', 'parameter'])(
      'to %s: 500, and the first keeps its caller',
      async (path) => {
        for (const [isKnown, withToken] of [
          [false, true],
          [false, false],
          [true, true],
          [true, false],
        ]) {
          reached.length = 0;
          const { first, middleware } = openMeeting();
          const { app, http, errors } = await openMixed(platform, middleware, global);
          const token = world.issuer.token({ org: 'org_A' });
          if (isKnown) await app.get(ConnectAuthVerifier).verify(token);
          const answered = http
            .get('/first')
            .set(bearer(token))
            .then(({ body }) => body);
          await first;
          const headers = withToken ? bearer(world.issuer.token({ org: 'org_B' })) : {};
          const second = await http.get(`/${path}`).set(headers);
          expect(await answered).toEqual({ orgId: 'org_A', before: 'org_A', after: 'org_A' });
          expect([answerOf(second), reached]).toEqual([serverError, []]);
          expect(errors).toEqual([path === 'parameter' && !global ? expect.any(ConfigurationError) : problem]);
        }
      },
    );
  });
});
