import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { Controller, Get, Injectable, Post, type Type } from '@nestjs/common';
import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import {
  OptionalAuth,
  OrgBody,
  OrgHeader,
  OrgOwned,
  OrgParam,
  OrgQuery,
  OrgStamp,
  Owned,
  Public,
  RequireOrg,
} from '../../src/index.js';
import { faultOf, starters } from '../routes/start.js';
import { ProjectsLoader } from './projects.js';

const load = () => null;
const makers: Readonly<Record<string, () => ClassDecorator & MethodDecorator>> = {
  "@OrgParam('orgId')": () => OrgParam('orgId'),
  "@OrgHeader('x-org-id')": () => OrgHeader('x-org-id'),
  "@OrgQuery('org_id')": () => OrgQuery('org_id'),
  "@OrgBody('org_id')": () => OrgBody('org_id'),
  "@OrgStamp('org_id')": () => OrgStamp(),
  "@OrgOwned('project')": () => OrgOwned({ type: 'project', load }),
};
const all = Object.entries(makers);

@Controller()
class UnownedController {
  @Get()
  @RequireOrg()
  one(@Owned() _project: object) {}
}

@Controller()
class ProjectsController {
  @Get(':id')
  @OrgOwned({ type: 'project', load: ProjectsLoader })
  one() {}
}

@Controller()
@OrgOwned({ type: 'project', load: ProjectsLoader })
class OnClassController {
  @Get(':id')
  one() {}
}

/** Nobody is left to be asked behind a door that is open. */
@Controller()
@OrgOwned({ type: 'project', load })
class OpenedController {
  @Get(':id')
  @Public()
  one(@Owned() _project: object) {}
}

@Controller()
@OrgOwned({ type: 'project', load })
class HalfOpenController {
  @Get(':id')
  @OptionalAuth()
  one(@Owned() _project: object) {}
}

const notProvided = (place: string) =>
  `@OrgOwned('project') on ${place} loads by ProjectsLoader, which no module provides`;
const withoutToken = (place: string) =>
  `@Owned() on ${place} has no value for callers without a token, which may come in there`;

describe.each(starters)('%s does not start', (_starter, start) => {
  test.each<[name: string, type: Type, fault: string]>([
    [
      '@Owned() where nothing is loaded',
      UnownedController,
      '@Owned() on UnownedController.one has no value: nothing there says what to load',
    ],
    ['a loader that nobody provides', ProjectsController, notProvided('ProjectsController.one')],
    ['the same on a class', OnClassController, notProvided('OnClassController.one')],
    ['@Owned() on a public route', OpenedController, withoutToken('OpenedController.one')],
    ['@Owned() on an optional route', HalfOpenController, withoutToken('HalfOpenController.one')],
  ])('with %s', async (_what, type, fault) => {
    for (const extras of [{}, { global: true }, { checkRoutes: false }]) {
      expect(await faultOf(start(extras, { controllers: [type] }))).toBe(fault);
    }
  });

  test.each(all)('with %s on what is no HTTP route', async (call, make) => {
    class OnMessage {
      @MessagePattern('x')
      @make()
      list() {}
    }
    class OnEvent {
      @EventPattern('x')
      @make()
      list(_data: unknown) {}
    }
    @make()
    class OnClass {
      @MessagePattern('x')
      list() {}
    }
    for (const type of [OnMessage, OnEvent, OnClass]) {
      Controller()(type);
      const metadata = { controllers: [type] };
      expect(await faultOf(start({}, metadata))).toBe(`${call} on ${type.name}.list is for HTTP routes`);
    }
  });

  test.each(all)('with %s on a query, a field or a subscribed message', async (call, make) => {
    @Resolver()
    class OnQuery {
      @Query(() => String)
      @make()
      list() {}
    }
    @Resolver('Project')
    class OnField {
      @ResolveField('list')
      @make()
      list() {}
    }
    for (const type of [OnQuery, OnField]) {
      Injectable()(type);
      expect(await faultOf(start({}, { providers: [type] }))).toBe(`${call} on ${type.name}.list is for HTTP routes`);
    }
  });

  test.each(all)('with %s on a gateway', async (call, make) => {
    class OnGateway {
      @SubscribeMessage('x')
      @make()
      list() {}
    }
    WebSocketGateway()(OnGateway);
    expect(await faultOf(start({}, { providers: [OnGateway] }))).toBe(`${call} on OnGateway.list is for HTTP routes`);
  });

  test.each(all)('with %s on a handler of requests that is one of messages too', async (call, make) => {
    class Hybrid {
      @Post()
      @MessagePattern('x')
      @make()
      list() {}
    }
    Controller()(Hybrid);
    expect(await faultOf(start({}, { controllers: [Hybrid] }))).toBe(`${call} on Hybrid.list is for HTTP routes`);
  });

  test.each(all)('with %s on what is no handler', async (call, make) => {
    class Idle {
      @make()
      list() {}
    }
    Injectable()(Idle);
    const problem = 'protects nothing: guards run for handlers of requests and messages, and it is none';
    expect(await faultOf(start({}, { providers: [Idle] }))).toBe(`${call} on Idle.list ${problem}`);
  });
});

describe.each(all)('%s is refused where it is written', (call, make) => {
  test.each([
    ['@Public()', Public],
    ['@OptionalAuth()', OptionalAuth],
  ])('beside %s', (open, makeOpen) => {
    const orders = [
      [make, makeOpen, `${open} contradicts ${call}`],
      [makeOpen, make, `${call} contradicts ${open}`],
    ] as const;
    for (const [first, second, problem] of orders) {
      const onMethod = () => {
        class ProjectsController {
          @second()
          @first()
          list() {}
        }
        return ProjectsController;
      };
      const onClass = () => {
        @second()
        @first()
        class ProjectsController {}
        return ProjectsController;
      };
      const only = 'only one of them can stand there';
      expect(onMethod).toThrow(new ConfigurationError(problem, `on ProjectsController.list: ${only}`));
      expect(onClass).toThrow(new ConfigurationError(problem, `on ProjectsController: ${only}`));
    }
  });

  test('on what is no method', () => {
    const decorate = make() as (...args: unknown[]) => void;
    class ProjectsController {}
    expect(() => decorate(ProjectsController.prototype, 'list', undefined)).toThrow(
      new ConfigurationError(call, 'stands on list: it is for classes and methods'),
    );
  });
});
