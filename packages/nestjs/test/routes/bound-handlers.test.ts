import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Scope, type Type, UseGuards } from '@nestjs/common';
import { ConnectAuthGuard, ConnectAuthModule, Public, RequireOrg, RequireScopes } from '../../src/index.js';
import { answerOf, serverError } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';

let reached = 0;

class Projects {
  @Get()
  @RequireScopes('a')
  list() {
    reached += 1;
  }
}

/** Nest looks for a handler's guards on what the controller has under its name, which is another function here. */
class Bound extends Projects {
  constructor() {
    super();
    this.list = this.list.bind(this);
  }
}

class Shadowed extends Projects {
  constructor() {
    super();
    this.list = () => {
      reached += 1;
    };
  }
}

class Proxied extends Projects {
  constructor() {
    super();
    // biome-ignore lint/correctness/noConstructorReturn: libraries for injection and tracing do it, too.
    return new Proxy(this, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' && name !== 'constructor' ? value.bind(target) : value;
      },
    });
  }
}

/** Its own method is open; what runs is another class's of the same name, wrapped with all that was said about it. */
class Borrowed {
  constructor() {
    const { list } = Projects.prototype;
    const wrapper = () => list.apply(new Projects());
    for (const key of Reflect.getMetadataKeys(list)) {
      Reflect.defineMetadata(key, Reflect.getMetadata(key, list), wrapper);
    }
    this.list = wrapper;
  }

  @Get()
  @Public()
  list() {}

  @Get('other')
  @RequireOrg()
  other() {}
}

/** It asks for an organization where the others have their scopes. */
@RequireOrg()
class BoundOfOrg extends Bound {}

@UseGuards(ConnectAuthGuard)
class BoundBehindGuard extends Bound {}

const bases = { Bound, Shadowed, Proxied, Borrowed, BoundOfOrg, BoundBehindGuard };
const scopes = { 'one for all requests': Scope.DEFAULT, 'made for each request': Scope.REQUEST };

function controllerOf(base: Type, scope: Scope): Type {
  @Controller({ path: 'projects', scope })
  class ProjectsController extends base {}
  return ProjectsController;
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  describe.each([true, false])('global: %p', (global) => {
    const open = (controller: Type) => {
      const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global })];
      return openNest(platform, { imports, controllers: [controller] });
    };

    describe.each(Object.entries(scopes))('%s', (_scope, scope) => {
      test.each(Object.entries(bases))('%s: nobody is let in to a function that nobody knows', async (_name, base) => {
        reached = 0;
        const { http, errors } = await open(controllerOf(base, scope));
        const tokens = [[], ['b'], ['a']].map((granted) => bearer(world.issuer.token({ scopes: granted })));
        for (const headers of [{}, ...tokens]) {
          expect(answerOf(await http.get('/projects').set(headers))).toEqual(serverError);
        }
        expect(reached).toBe(0);
        const error = expect.any(ConfigurationError);
        expect(errors).toEqual([error, error, error, error]);
      });

      test('a handler that is its own is handled as ever', async () => {
        const { http } = await open(controllerOf(Projects, scope));
        const statusOf = async (headers: Record<string, string>) => (await http.get('/projects').set(headers)).status;
        expect(await statusOf({})).toBe(401);
        expect(await statusOf(bearer(world.issuer.token({ scopes: ['b'] })))).toBe(403);
        expect(await statusOf(bearer(world.issuer.token({ scopes: ['a'] })))).toBe(200);
      });
    });
  });
});
