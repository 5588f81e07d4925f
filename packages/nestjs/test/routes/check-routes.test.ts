import { describe, expect, test } from '@jest/globals';
import { All, Controller, Get, Injectable, Module, Post, UseGuards } from '@nestjs/common';
import { ConnectAuthGuard, OptionalAuth, Public, RequireUser } from '../../src/index.js';
import { faultOf, starters } from './start.js';

@Controller('open')
class OpenController {
  @Get()
  list() {}

  @Post()
  add() {}

  @Get('health')
  @Public()
  health() {}
}

class AnyGuard {
  canActivate() {
    return true;
  }
}

@Controller('other')
@UseGuards(AnyGuard)
class OtherController {
  @All()
  any() {}

  /** What is said about it says nothing about the others. */
  @Get('mine')
  @RequireUser()
  mine() {}
}

class SubGuard extends ConnectAuthGuard {}

/** A guard that the application made itself. */
const ownInstance: ConnectAuthGuard = Object.create(SubGuard.prototype);

@Controller('decided')
class DecidedController {
  @Get('public')
  @Public()
  public() {}

  @Get('optional')
  @OptionalAuth()
  optional() {}

  @Get('asks')
  @RequireUser()
  asks() {}

  @Get('guarded')
  @UseGuards(ConnectAuthGuard)
  guarded() {}

  @Get('sub')
  @UseGuards(AnyGuard, SubGuard)
  sub() {}

  @Get('instance')
  @UseGuards(ownInstance)
  instance() {}
}

@Controller('class')
@UseGuards(ConnectAuthGuard)
class GuardedController {
  @Get()
  list() {}
}

@Controller('inherited')
class InheritingController extends GuardedController {}

@Controller('public')
@Public()
class PublicController {
  @Get()
  list() {}
}

/** Methods that Nest calls for nobody, a getter that must not be run, and a name that is a symbol. */
@Injectable()
class PlainService {
  list() {}

  get never(): string {
    throw new Error('a getter was run');
  }

  [Symbol.iterator]() {}
}

@Module({ controllers: [OpenController], providers: [PlainService] })
class FeatureModule {}

const undecided = (list: string) =>
  `checkRoutes found routes that are neither protected nor public: ${list}. Put @UseGuards(ConnectAuthGuard), a @Require… decorator or @Public() on each`;

const decided = { controllers: [DecidedController, GuardedController, InheritingController, PublicController] };

describe.each(starters)('%s', (_starter, start) => {
  test('checkRoutes: true lists every route about which nobody decided', async () => {
    const metadata = { imports: [FeatureModule], controllers: [OtherController, DecidedController] };
    const fault = await faultOf(start({ checkRoutes: true }, metadata));
    const routes = ['OpenController.list (http)', 'OpenController.add (http)', 'OtherController.any (http)'];
    const lists = [routes, [routes[2], routes[0], routes[1]]].map((each) => undecided(each.join(', ')));
    expect(lists).toContain(fault);
  });

  test('checkRoutes: true lets pass where each is decided', async () => {
    const metadata = { ...decided, providers: [PlainService] };
    expect(await faultOf(start({ checkRoutes: true }, metadata))).toBeUndefined();
  });

  test.each([
    ['by itself, without a global guard', {}],
    ['with a global guard that stands before every route', { global: true }],
    ['with both', { global: true, checkRoutes: true }],
    ['with checkRoutes: false', { checkRoutes: false }],
    ['with a global guard and checkRoutes: false', { global: true, checkRoutes: false }],
  ])('undecided routes do not keep it from starting %s', async (_when, extras) => {
    expect(await faultOf(start(extras, { imports: [FeatureModule] }))).toBeUndefined();
  });
});
