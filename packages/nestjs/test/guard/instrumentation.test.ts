import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { RouterExecutionContext } from '@nestjs/core/router/router-execution-context.js';
import { ConnectAuthModule, Public, RequireOrg, RequireScopes } from '../../src/index.js';
import { type Caller, callers, verified, whoPasses, withA } from '../access/callers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';

@Controller()
class RootController {
  @Get('scopes')
  @RequireScopes('a')
  scopes() {}

  @Get('public')
  @Public()
  public() {}

  @Get('plain')
  plain() {}
}

/** It has a handler of the same name, about which something else is declared. */
@Controller('other')
class OtherController {
  @Get('scopes')
  @RequireOrg()
  scopes() {}
}

/** Nothing is said about its handler that its class does not say. */
@Controller('class')
@RequireScopes('a')
class ClassController {
  @Get()
  list() {}
}

const router = RouterExecutionContext.prototype as unknown as Record<'create', (...args: unknown[]) => unknown>;
const create = router.create;
type Handler = (this: unknown, ...args: unknown[]) => unknown;

/** Puts another function in the place of every handler that Nest binds, as OpenTelemetry's instrumentation does. */
function instrument(takesMetadata: boolean): void {
  router.create = function (instance, callback, ...others) {
    const handler = callback as Handler;
    const wrapper = {
      [handler.name]: function (this: unknown, ...args: unknown[]) {
        return handler.apply(this, args);
      },
    }[handler.name] as Handler;
    for (const key of takesMetadata ? Reflect.getMetadataKeys(handler) : []) {
      Reflect.defineMetadata(key, Reflect.getMetadata(key, handler), wrapper);
    }
    return create.call(this, instance, wrapper, ...others);
  };
}
afterEach(() => {
  router.create = create;
});

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  const open = (global: boolean) => {
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global })];
    return openNest(platform, { imports, controllers: [RootController, OtherController, ClassController] });
  };
  const members: readonly Caller[] = ['plain', 'a', 'b', 'ab', 'user'];

  describe.each([true, false])('handlers that are wrapped with their metadata, global: %p', (global) => {
    beforeEach(() => instrument(true));

    test.each([
      ['/scopes', withA],
      ['/public', callers],
      ['/plain', global ? verified : callers],
      ['/other/scopes', members],
      ['/class', withA],
    ])('%s is as without it', async (path, passes) => {
      const { http, errors } = await open(global);
      expect(await whoPasses(http, path, world)).toEqual(passes);
      expect(errors).toEqual([]);
    });
  });

  test.each([true, false])('without its metadata nobody knows what a handler asks: 500, global: %p', async (global) => {
    instrument(false);
    const { http, errors } = await open(global);
    for (const headers of [{}, bearer(world.issuer.token({ scopes: ['a'] }))]) {
      expect((await http.get('/scopes').set(headers)).status).toBe(500);
    }
    expect(errors).toEqual(Array(2).fill(expect.objectContaining({ option: 'ConnectAuthGuard' })));
  });

  test.each([true, false])('what a class says holds for handlers that nobody knows, global: %p', async (global) => {
    instrument(false);
    const { http } = await open(global);
    expect(await whoPasses(http, '/class', world)).toEqual(withA);
  });
});
