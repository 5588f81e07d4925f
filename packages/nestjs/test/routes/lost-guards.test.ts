import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { Controller, Get, type Type } from '@nestjs/common';
import { GUARDS_METADATA } from '@nestjs/common/constants.js';
import { ConnectAuthModule, OptionalAuth, Public, RequireLive, RequireScopes } from '../../src/index.js';
import { extend, ScopesBase } from '../access/bases.js';
import { type Caller, callers, verified, whoPasses, withA } from '../access/callers.js';
import { openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';

/** A decorator for tracing, say: it puts another function in the method's place and takes no metadata along but Nest's route. */
const traced: MethodDecorator = (_target, _name, descriptor: PropertyDescriptor) => {
  const { value } = descriptor;
  descriptor.value = function traced(this: unknown, ...args: unknown[]) {
    return value.apply(this, args);
  };
};

@Controller('traced')
class TracedController {
  @Get()
  @traced
  @RequireScopes('a')
  list() {}
}

@Controller('traced')
class TracedLiveController {
  @Get()
  @traced
  @RequireLive()
  list() {}
}

@Controller('traced')
class TracedOptionalController {
  @Get()
  @traced
  @OptionalAuth()
  list() {}
}

const optional = callers.filter((caller) => caller !== 'forger');

describe.each(platforms)('%s', (platform) => {
  test.each<[call: string, controller: Type, passes: readonly Caller[]]>([
    ['@RequireScopes()', TracedController, withA],
    ['@RequireLive()', TracedLiveController, verified],
    ['@OptionalAuth()', TracedOptionalController, optional],
  ])('what %s under another decorator asks holds', async (...row) => {
    const [, controller, passes] = row;
    for (const extras of [{}, { checkRoutes: true }, { checkRoutes: false }, { global: true }]) {
      const world = await openIssuer();
      const imports = [ConnectAuthModule.forRoot({ ...world.trust(), ...extras })];
      const { http } = await openNest(platform, { imports, controllers: [controller] });
      expect(await whoPasses(http, '/traced', world)).toEqual(passes);
    }
  });
});

@Controller('x')
@Public()
class PublicTracedController {
  @Get()
  @traced
  @RequireScopes('a')
  list() {}
}

describe.each(platforms)('%s', (platform) => {
  test('behind a global guard what the lost one was to see to is seen to, in a public class as well', async () => {
    const world = await openIssuer();
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global: true })];
    const inherited = extend(ScopesBase, [Public()], []);
    for (const controller of [PublicTracedController, inherited]) {
      const { http } = await openNest(platform, { imports, controllers: [controller] });
      expect(await whoPasses(http, '/x', world)).toEqual(withA);
    }
  });
});

/** With no guard left, on the function that runs or on its class. */
function withoutGuards(lost: Type): Type {
  class Guardless extends lost {}
  Controller('traced')(Guardless);
  Reflect.defineMetadata(GUARDS_METADATA, [], Guardless);
  return Guardless;
}

describe.each(platforms)('%s: where the guards of the class are gone, too', (platform) => {
  test.each<[call: string, controller: Type, passes: readonly Caller[]]>([
    ['@RequireScopes()', TracedController, withA],
    ['@RequireLive()', TracedLiveController, verified],
    ['@OptionalAuth()', TracedOptionalController, optional],
  ])('what %s asks is seen to by the global guard, and without it nothing starts', async (_call, lost, passes) => {
    const world = await openIssuer();
    const open = (extras: object) => {
      const imports = [ConnectAuthModule.forRoot({ ...world.trust(), ...extras })];
      return openNest(platform, { imports, controllers: [withoutGuards(lost)] });
    };
    for (const extras of [{}, { checkRoutes: true }, { checkRoutes: false }]) {
      await expect(open(extras)).rejects.toEqual(
        new ConfigurationError(
          'ConnectAuthGuard',
          'does not run for Guardless.list (http), which ask something of the caller: declare it on the method that runs',
        ),
      );
    }
    const { http } = await open({ global: true });
    expect(await whoPasses(http, '/traced', world)).toEqual(passes);
  });
});
