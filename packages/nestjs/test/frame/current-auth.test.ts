import { setImmediate } from 'node:timers/promises';
import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  Body,
  type CanActivate,
  Controller,
  Get,
  Inject,
  Post,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import {
  ConnectAuthGuard,
  ConnectAuthModule,
  currentAuth,
  OptionalAuth,
  Public,
  RequireUser,
} from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';
import { OrgFilter, OrgInterceptor, org, Projects, ScopedProjects } from './who-is-asking.js';

class SlowGuard implements CanActivate {
  async canActivate() {
    await setImmediate();
    return true;
  }
}

@Controller()
@UseGuards(ConnectAuthGuard)
class RootController {
  constructor(@Inject(Projects) private readonly projects: Projects) {}

  @Get('service')
  async service() {
    return { seen: await this.projects.owners() };
  }

  @Get('slow')
  @UseGuards(SlowGuard, ConnectAuthGuard)
  async slow() {
    return { seen: await this.projects.owners() };
  }

  @Post('body')
  async add(@Body() body: { text: string }) {
    return { seen: await this.projects.owners(), length: body.text.length };
  }

  @Get('intercepted')
  @UseInterceptors(OrgInterceptor)
  async intercepted() {
    return { inside: org() };
  }

  @Get('failing')
  @UseFilters(OrgFilter)
  async failing() {
    await null;
    throw new RangeError('too far');
  }

  @Get('public')
  @Public()
  public() {
    return { seen: org() };
  }

  @Get('optional')
  @OptionalAuth()
  optional() {
    return { seen: org() };
  }

  @Get('refused')
  @RequireUser()
  @UseInterceptors(OrgInterceptor)
  refused() {}
}

@Controller('scoped')
@UseGuards(ConnectAuthGuard)
class ScopedController {
  constructor(@Inject(ScopedProjects) private readonly projects: ScopedProjects) {}

  @Get()
  async list() {
    return { seen: await this.projects.owners() };
  }
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  describe.each([true, false])('global: %p', (global) => {
    let http: Awaited<ReturnType<typeof openNest>>['http'];
    let headers: Record<string, string>;
    beforeAll(async () => {
      ({ http } = await openNest(platform, {
        imports: [ConnectAuthModule.forRoot({ ...world.trust(), global })],
        controllers: [RootController, ScopedController],
        providers: [Projects, ScopedProjects],
      }));
      headers = bearer(world.issuer.token({ org: 'org_B' }));
    });

    test.each([
      ['in a service, after every kind of wait', 'service', { seen: Array(7).fill('org_B') }],
      ['behind a slow guard of the application’s', 'slow', { seen: Array(7).fill('org_B') }],
      ['in a request-scoped service', 'scoped', { seen: Array(7).fill('org_B') }],
      [
        'in an interceptor, before and behind the handler',
        'intercepted',
        { inside: 'org_B', before: 'org_B', after: 'org_B' },
      ],
      ['in an exception filter', 'failing', { message: 'too far', seen: 'org_B', later: 'org_B' }],
      ['on an optional route', 'optional', { seen: 'org_B' }],
    ])('%s it is the caller of the request', async (_where, path, body) => {
      for (const _time of ['first', 'second']) expect((await http.get(`/${path}`).set(headers)).body).toEqual(body);
    });

    test.each([10, 80_000])('behind a body of %p bytes it is the caller of the request', async (length) => {
      for (const _time of ['first', 'second']) {
        const { body } = await http
          .post('/body')
          .set(headers)
          .send({ text: 'x'.repeat(length) });
        expect(body).toEqual({ seen: Array(7).fill('org_B'), length });
      }
    });

    test('on a public route it throws, whoever calls', async () => {
      expect((await http.get('/public').set(headers)).body).toEqual({ seen: 'nobody' });
      expect((await http.get('/public')).body).toEqual({ seen: 'nobody' });
    });

    test('on an optional route it throws for who brings no token', async () => {
      for (const sent of [{}, headers, {}]) {
        const { body } = await http.get('/optional').set(sent);
        expect(body).toEqual({ seen: sent === headers ? 'org_B' : 'nobody' });
      }
    });

    test('outside a request it throws', () => {
      expect(() => currentAuth()).toThrow(
        new ConfigurationError('currentAuth()', 'was called outside a request whose token was verified'),
      );
    });
  });
});
