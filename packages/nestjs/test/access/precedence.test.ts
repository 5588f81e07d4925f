import { beforeAll, describe, expect, test } from '@jest/globals';
import { UseGuards } from '@nestjs/common';
import {
  ConnectAuthGuard,
  OptionalAuth,
  Public,
  RequireAnyScope,
  RequireClient,
  RequireLive,
  RequireOrg,
  RequireScopes,
  RequireUser,
} from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { type Http, platforms } from '../open-nest.js';
import { projectsController } from '../open-projects.js';
import { openControllers } from '../organization/open-controllers.js';
import { rowController, rowPath } from '../row-controllers.js';
import { type Caller, callers, verified, whoPasses, withA, withB, withBoth } from './callers.js';

const guard = UseGuards(ConnectAuthGuard);
const clients: readonly Caller[] = ['plain', 'a', 'b', 'ab', 'orgless'];
const everybody = callers;
/** Behind `@OptionalAuth()`: a token that is not good is not let in. */
const allButForger = callers.filter((caller) => caller !== 'forger');

type Decorators = readonly ReturnType<typeof Public>[];
type Row = [name: string, onClass: Decorators, onHandler: Decorators, passes: readonly Caller[]];

const rows: Row[] = [
  ['scopes: the handler’s replace those of the class', [RequireScopes('a')], [RequireScopes('b')], withB],
  ['scopes: any of the handler’s replaces all of the class', [RequireScopes('a', 'b')], [RequireAnyScope('a')], withA],
  ['scopes: all of the handler’s replace any of the class', [RequireAnyScope('a', 'b')], [RequireScopes('b')], withB],
  ['scopes: a silent handler has those of its class', [RequireScopes('a')], [], withA],
  ['scopes: a guarded handler has those of its class', [RequireScopes('a')], [guard], withA],
  ['scopes: two declarations on one handler both hold', [], [RequireScopes('a'), RequireScopes('b')], withBoth],
  ['scopes: two declarations on one class both hold', [RequireScopes('a'), RequireAnyScope('b')], [], withBoth],
  ['scopes: two of the class, both replaced', [RequireScopes('a'), RequireScopes('b')], [RequireScopes('b')], withB],
  ['org of the class stays beside scopes', [RequireOrg()], [RequireScopes('b')], ['b', 'ab', 'user']],
  ['scopes of the class stay beside org', [RequireScopes('a')], [RequireOrg()], ['a', 'ab', 'user']],
  ['actor of the class stays beside scopes', [RequireUser()], [RequireScopes('b')], ['user']],
  ['actor: the handler’s client replaces user', [RequireUser()], [RequireClient()], clients],
  ['actor: the handler’s user replaces client', [RequireClient()], [RequireUser()], ['user']],
  [
    'all concerns of the class, one replaced',
    [RequireScopes('a'), RequireOrg(), RequireClient()],
    [RequireUser()],
    ['user'],
  ],
  ['a guard on both asks for no more than a token', [guard], [guard], verified],
  ['public handler of a guarded class', [guard], [Public()], everybody],
  ['public handler of a class that asks', [RequireScopes('a'), RequireOrg(), RequireUser()], [Public()], everybody],
  ['public handler of an optional class', [OptionalAuth()], [Public()], everybody],
  ['public class', [Public()], [], everybody],
  ['public class, handler that asks for a user', [Public()], [RequireUser()], ['user']],
  ['public class, handler that asks for scopes', [Public()], [RequireScopes('a')], withA],
  ['public class, handler that asks for a live token', [Public()], [RequireLive()], verified],
  ['public class, handler with the guard', [Public()], [guard], verified],
  ['public class, optional handler', [Public()], [OptionalAuth()], allButForger],
  ['optional class', [OptionalAuth()], [], allButForger],
  ['optional class, handler that asks for scopes', [OptionalAuth()], [RequireScopes('b')], withB],
  [
    'optional class, handler that asks for an organization',
    [OptionalAuth()],
    [RequireOrg()],
    ['plain', 'a', 'b', 'ab', 'user'],
  ],
  ['optional class, handler with the guard', [OptionalAuth()], [guard], verified],
  ['optional handler of a guarded class', [guard], [OptionalAuth()], allButForger],
  [
    'optional handler drops what the class asks',
    [RequireScopes('a'), RequireOrg(), RequireUser()],
    [OptionalAuth()],
    allButForger,
  ],
];

const liveRows: [name: string, onClass: Decorators, onHandler: Decorators, status: number][] = [
  ['on the class stays beside scopes on the handler', [RequireLive()], [RequireScopes('a')], 401],
  ['on the handler stays beside scopes on the class', [RequireScopes('a')], [RequireLive()], 401],
  ['on the class does not count for an optional handler', [RequireLive()], [OptionalAuth()], 200],
  ['on the class does not count for a public handler', [RequireLive()], [Public()], 200],
];

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  describe.each([true, false])('global: %p', (global) => {
    let http: Http;
    let reached: unknown[][];
    beforeAll(async () => {
      reached = rows.map(() => []);
      const controllers = rows.map(([name, onClass, onHandler], at) =>
        rowController(projectsController({ onClass, onHandler }, reached[at]), name, at),
      );
      ({ http } = await openControllers(platform, world, controllers, { global }));
    });

    test.each(rows.map(([name, , , passes], at) => [name, at, passes] as const))('%s', async (_name, at, passes) => {
      expect(await whoPasses(http, rowPath(at), world)).toEqual(passes);
      expect(reached[at]).toHaveLength(2 * passes.length);
    });
  });

  describe('live', () => {
    let http: Http;
    beforeAll(async () => {
      const controllers = liveRows.map(([name, onClass, onHandler], at) =>
        rowController(projectsController({ onClass, onHandler }), name, at),
      );
      ({ http } = await openControllers(platform, world, controllers));
    });

    test.each(liveRows.map(([name, , , status], at) => [name, at, status] as const))(
      '%s',
      async (_name, at, status) => {
        const token = world.issuer.token({ scopes: ['a'] });
        await http.get(rowPath(at)).set(bearer(token)).expect(200);
        world.issuer.revoke(token);
        await http.get(rowPath(at)).set(bearer(token)).expect(status);
      },
    );
  });
});
