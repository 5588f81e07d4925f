import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { applyDecorators, type CanActivate, Controller, Get, UseGuards } from '@nestjs/common';
import {
  ClientId,
  ConnectAuthGuard,
  ConnectAuthModule,
  CurrentAuth,
  OptionalAuth,
  OrgId,
  Public,
  Scopes,
  UserId,
} from '../../src/index.js';
import { answerOf, inRealm, nestVersion, orgRequired, serverError, wrongActor } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';

const parameters = [
  ['@CurrentAuth()', CurrentAuth],
  ['@OrgId()', OrgId],
  ['@ClientId()', ClientId],
  ['@UserId()', UserId],
  ['@Scopes()', Scopes],
] as const;

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

type Decorators = readonly (ClassDecorator & MethodDecorator)[];

function controllerWith(parameter: () => ParameterDecorator, decorators: Decorators, reached: unknown[] = []) {
  @Controller()
  class RootController {
    @Get()
    @applyDecorators(...decorators)
    show(@parameter() value: unknown) {
      reached.push(value);
    }
  }
  return RootController;
}

class OwnGuard implements CanActivate {
  canActivate() {
    return true;
  }
}

describe.each(platforms)('%s', (platform) => {
  describe.each(parameters)('%s', (call, parameter) => {
    test.each<[where: string, decorators: Decorators]>([
      ['without any guard', []],
      ['with a guard of the application’s', [UseGuards(OwnGuard)]],
    ])('on a route %s: 500, a ConfigurationError, and the handler is not reached', async (_where, decorators) => {
      const reached: unknown[] = [];
      const { http, errors } = await openNest(platform, {
        imports: [ConnectAuthModule.forRoot({ ...world.trust() })],
        controllers: [controllerWith(parameter, decorators, reached)],
      });
      for (const headers of [{}, bearer(world.issuer.token())]) {
        expect(answerOf(await http.get('/').set(headers))).toEqual(serverError);
      }
      const problem = 'on RootController.show has no verified caller to tell of: guard the route';
      expect(errors).toEqual(Array(2).fill(new ConfigurationError(call, problem)));
      expect(reached).toEqual([]);
    });

    test.each<[where: string, opens: Decorators, global: boolean]>([
      ['public', [Public()], false],
      ['public', [Public()], true],
      ['optional', [OptionalAuth()], false],
      ['optional', [OptionalAuth()], true],
    ])('on a route that is %s: the application does not start, unless there is a value', async (...row) => {
      const [where, opens, global] = row;
      const starting = openNest(platform, {
        imports: [ConnectAuthModule.forRoot({ ...world.trust(), global })],
        controllers: [controllerWith(parameter, opens)],
      });
      if (where === 'optional' && call === '@CurrentAuth()') {
        await expect(starting).resolves.toBeDefined();
        return;
      }
      const problem = 'on RootController.show has no value for callers without a token, which may come in there';
      await expect(starting).rejects.toEqual(new ConfigurationError(call, problem));
    });
  });

  test('on a route of an application without the module: 500, and the handler is not reached', async () => {
    const reached: unknown[] = [];
    const { http, errors } = await openNest(platform, { controllers: [controllerWith(OrgId, [], reached)] });
    expect(answerOf(await http.get('/').set(bearer(world.issuer.token())))).toEqual(serverError);
    expect([errors, reached]).toEqual([[expect.any(ConfigurationError)], []]);
  });

  test('an override needs what its own parameters need, and not those of the method that it overrides', async () => {
    class Base {
      @Get()
      show(@UserId() userId: string) {
        return { userId };
      }
    }
    @Controller('sub')
    @UseGuards(ConnectAuthGuard)
    class Sub extends Base {
      @Get()
      override show(@OrgId() orgId: string) {
        return { userId: orgId };
      }
    }
    @Controller('same')
    @UseGuards(ConnectAuthGuard)
    class Same extends Base {}
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), realm: 'projects' })];
    const { http } = await openNest(platform, { imports, controllers: [Sub, Same] });
    // Nest 11 reads the overridden method's parameters as well: who is no user is then refused, and not given another's id.
    const [status, body] = nestVersion === 11 ? [403, expect.anything()] : [200, { userId: 'org_B' }];
    expect(await http.get('/sub').set(bearer(world.issuer.token({ org: 'org_B' })))).toMatchObject({ status, body });
    // It is the guard that refuses, in the realm of the module.
    const orgless = await http.get('/sub').set(bearer(world.issuer.token({ org: null })));
    expect(answerOf(orgless)).toEqual(inRealm('projects', orgRequired));
    await http
      .get('/same')
      .set(bearer(world.issuer.token({ user: 'user_7' })))
      .expect(200, { userId: 'user_7' });
    const client = await http.get('/same').set(bearer(world.issuer.token()));
    expect(answerOf(client)).toEqual(inRealm('projects', wrongActor));
  });
});
