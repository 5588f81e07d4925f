import { describe, expect, test } from '@jest/globals';
import { Controller, Get, Injectable, type ModuleMetadata, UseGuards } from '@nestjs/common';
import { ConnectAuthGuard, Public, RequireOrg, RequireScopes, RequireUser } from '../../src/index.js';
import { faultOf, starters } from './start.js';

@Injectable()
class MethodService {
  @RequireUser()
  list() {}
}

@Injectable()
@RequireOrg()
class ClassService {
  list() {}
}

@Injectable()
class InheritingService extends MethodService {}

@Controller('helper')
class HelperController {
  @Get()
  @Public()
  list() {
    return this.load();
  }

  @RequireScopes('a')
  load() {}
}

@Controller('public')
class PublicHelperController {
  @Get()
  @Public()
  list() {}

  @Public()
  helper() {}
}

class BaseController {
  @Get()
  @RequireUser()
  list() {}
}

@Controller('overriding')
class OverridingController extends BaseController {
  override list() {}

  @Get()
  @Public()
  show() {}
}

@Controller('twofold')
class TwofoldController {
  @Get()
  @Public()
  @UseGuards(ConnectAuthGuard)
  list() {}
}

@Controller('twofold')
@UseGuards(ConnectAuthGuard)
@Public()
class TwofoldClassController {
  @Get()
  list() {}
}

const protectsNothing = 'protects nothing: guards run for handlers of requests and messages, and it is none';
const faults: [name: string, metadata: ModuleMetadata, message: string][] = [
  ['a method of a service', { providers: [MethodService] }, `@RequireUser() on MethodService.list ${protectsNothing}`],
  ['a service', { providers: [ClassService] }, `@RequireOrg() on ClassService ${protectsNothing}`],
  [
    'an inherited method of a service',
    { providers: [InheritingService] },
    `@RequireUser() on InheritingService.list ${protectsNothing}`,
  ],
  [
    'a helper of a controller',
    { controllers: [HelperController] },
    `@RequireScopes() on HelperController.load ${protectsNothing}`,
  ],
  [
    'a helper of a controller, by @Public()',
    { controllers: [PublicHelperController] },
    `@Public() on PublicHelperController.helper ${protectsNothing}`,
  ],
];

describe.each(starters)('%s', (_starter, start) => {
  test.each(faults)('a declaration on %s: the application does not start', async (_name, metadata, message) => {
    for (const extras of [{}, { global: true }, { checkRoutes: true }]) {
      expect(await faultOf(start(extras, metadata))).toBe(message);
    }
  });

  test.each(faults)('a declaration on %s is left alone with checkRoutes: false', async (_name, metadata) => {
    expect(await faultOf(start({ checkRoutes: false }, metadata))).toBeUndefined();
  });

  test('a handler that is overridden by a plain method is none, and its declaration keeps nothing from starting', async () => {
    for (const extras of [{}, { global: true }, { checkRoutes: true }]) {
      expect(await faultOf(start(extras, { controllers: [OverridingController] }))).toBeUndefined();
    }
  });

  test.each([
    ['handler', TwofoldController],
    ['class', TwofoldClassController],
    ['class that is extended', class extends TwofoldClassController {}],
  ])('@Public() and @UseGuards(ConnectAuthGuard) on one %s: the application does not start', async (_place, type) => {
    for (const extras of [{}, { global: true }, { checkRoutes: false }]) {
      expect(await faultOf(start(extras, { controllers: [type] }))).toBe(
        `@Public() contradicts @UseGuards(ConnectAuthGuard) beside it, for ${type.name}.list`,
      );
    }
  });
});
