import { beforeAll, describe, expect, test } from '@jest/globals';
import { type CanActivate, Controller, Get, Injectable, type Type, UseGuards } from '@nestjs/common';
import { ConnectAuthModule, OptionalAuth, Public, RequireOrg, RequireScopes } from '../../src/index.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { type Http, openNest, platforms } from '../open-nest.js';
import { rowController, rowPath } from '../row-controllers.js';
import {
  ClassScopesBase,
  extend,
  GuardedBase,
  guard,
  OpenBase,
  OptionalBase,
  OrgBase,
  PublicBase,
  ScopesBase,
  UserBase,
} from './bases.js';
import { type Caller, callers, verified, whoPasses, withA, withB } from './callers.js';

const allButForger = callers.filter((caller) => caller !== 'forger');
const membersWithA: readonly Caller[] = ['a', 'ab', 'user'];

@Injectable()
class OwnGuard implements CanActivate {
  canActivate() {
    return true;
  }
}

type Row = [name: string, make: () => Type, passes: readonly Caller[]];

const rows: Row[] = [
  ['an inherited handler keeps what its method and its class ask', () => extend(OrgBase, []), membersWithA],
  ['a class of its own adds to it', () => extend(ScopesBase, [RequireOrg()]), membersWithA],
  [
    'the handler’s scopes win over those of the class that inherits it',
    () => extend(ScopesBase, [RequireScopes('b')]),
    withA,
  ],
  ['the nearer class wins over the one that it extends', () => extend(ClassScopesBase, [RequireScopes('b')]), withB],
  ['what the farther class asks stays for other concerns', () => extend(OrgBase, [RequireScopes('b')]), membersWithA],
  ['an override that says nothing, guarded by its class', () => extend(ScopesBase, [guard], []), withA],
  ['an override that says nothing, guarded itself', () => extend(ScopesBase, [], [guard]), withA],
  ['an override that says nothing of several demands', () => extend(UserBase, [guard], []), ['user']],
  ['an override of an override', () => extend(extend(ScopesBase, [], [guard]), [guard], []), withA],
  ['an override that says something else', () => extend(ScopesBase, [], [RequireScopes('b')]), withB],
  ['an override that speaks of something else', () => extend(ScopesBase, [], [RequireOrg()]), membersWithA],
  ['the same two classes farther on', () => extend(extend(ScopesBase, [], [RequireOrg()]), [guard], []), membersWithA],
  [
    'an override in a class that speaks of something else',
    () => extend(ClassScopesBase, [RequireOrg()], []),
    membersWithA,
  ],
  ['an override that says it is optional', () => extend(OrgBase, [], [OptionalAuth()]), allButForger],
  ['an override that says it is public', () => extend(OrgBase, [], [Public()]), callers],
  ['an inherited public handler', () => extend(OpenBase, []), callers],
  ['an inherited public handler of a guarded class', () => extend(OpenBase, [guard]), callers],
  ['a public handler that is overridden is closed', () => extend(OpenBase, [guard], []), verified],
  ['an optional handler that is overridden is closed', () => extend(OptionalBase, [guard], []), verified],
  ['a class that extends a public one', () => extend(PublicBase, []), callers],
  ['a class that extends a public one, with the guard', () => extend(PublicBase, [guard]), verified],
  ['a class that extends a public one, and asks', () => extend(PublicBase, [RequireScopes('a')]), withA],
  ['a public class that extends a guarded one', () => extend(GuardedBase, [Public()]), callers],
  ['the same with a guard of the application’s', () => extend(GuardedBase, [Public(), UseGuards(OwnGuard)]), callers],
  ['a class that extends a guarded one', () => extend(GuardedBase, []), verified],
  ['a class that extends a guarded one, with an override', () => extend(GuardedBase, [], []), verified],
  ['guarded, then public, then guarded', () => extend(extend(GuardedBase, [Public()]), [guard]), verified],
];

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  describe.each([true, false])('global: %p', (global) => {
    let http: Http;
    beforeAll(async () => {
      const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global })];
      const controllers = rows.map(([name, make], at) => rowController(make(), name, at));
      ({ http } = await openNest(platform, { imports, controllers }));
    });

    test.each(rows.map(([name, , passes], at) => [name, at, passes] as const))('%s', async (_name, at, passes) => {
      expect(await whoPasses(http, rowPath(at), world)).toEqual(passes);
    });
  });

  test('an override of a public handler, and one of a silent class, are closed by the global guard', async () => {
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global: true })];
    for (const controller of [extend(OpenBase, [], []), extend(ScopesBase, [], [])]) {
      const { http } = await openNest(platform, { imports, controllers: [controller] });
      expect(await whoPasses(http, '/x', world)).not.toContain('nobody');
    }
  });

  test('an override that says nothing, without any guard, asks all the same', async () => {
    const imports = [ConnectAuthModule.forRoot(world.trust())];
    const { http } = await openNest(platform, { imports, controllers: [extend(ScopesBase, [], [])] });
    expect(await whoPasses(http, '/x', world)).toEqual(withA);
  });

  test('two classes that share a handler each have a policy of their own', async () => {
    class Base {
      @Get()
      list() {}
    }
    @Controller('a')
    @RequireScopes('a')
    class A extends Base {}
    @Controller('b')
    @RequireScopes('b')
    class B extends Base {}
    @Controller('open')
    @Public()
    class Open extends Base {}
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global: true })];
    const { http } = await openNest(platform, { imports, controllers: [Open, A, B] });
    for (const _time of ['first', 'second']) {
      expect(await whoPasses(http, '/open', world)).toEqual(callers);
      expect(await whoPasses(http, '/a', world)).toEqual(withA);
      expect(await whoPasses(http, '/b', world)).toEqual(withB);
    }
  });
});
