import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Injectable, Module, Post, type Type, UseGuards } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import {
  ConnectAuthGuard,
  ConnectAuthModule,
  OptionalAuth,
  OrgBody,
  OrgExempt,
  OrgHeader,
  OrgId,
  OrgOwned,
  OrgParam,
  OrgQuery,
  OrgStamp,
  Owned,
  Public,
  RequireOrg,
  RequireScopes,
} from '../../src/index.js';
import { answerOf, missingToken } from '../answers.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { createNest, openNest, platforms } from '../open-nest.js';
import { faultOf, trust } from '../routes/start.js';
import { callerOf } from './open-controllers.js';

const load = () => null;

@Controller('silent')
class SilentController {
  @Get()
  list() {}

  @Post()
  @RequireScopes('write')
  add() {}

  @Get('mine')
  @RequireOrg()
  mine() {}
}

@Controller('open')
@UseGuards(ConnectAuthGuard)
class OpenController {
  @Get('public')
  @Public()
  public() {}

  @Get('optional')
  @OptionalAuth()
  optional() {}
}

@Controller('declared')
class DeclaredController {
  @Get('org')
  @RequireOrg()
  org() {}

  @Get('id')
  @UseGuards(ConnectAuthGuard)
  id(@OrgId() _id: string) {}

  @Get('param/:orgId')
  @OrgParam('orgId')
  param() {}

  @Get('header')
  @OrgHeader('x-org-id')
  header() {}

  @Get('query')
  @OrgQuery('org_id')
  query() {}

  @Post('body')
  @OrgBody('org_id')
  body() {}

  @Post('stamp')
  @OrgStamp()
  stamp() {}

  @Get('resource/:id')
  @OrgOwned({ type: 'project', load })
  resource(@Owned() _project: object) {}

  @Get('health')
  @Public()
  @OrgExempt('liveness probe')
  health() {}
}

@Controller('class')
@RequireOrg()
class OnClassController {
  @Get()
  list() {}

  /** Behind a door that is open, what the class asks does not count. */
  @Get('open')
  @Public()
  open() {}
}

@Controller('exempt')
@OrgExempt('a catalogue for everybody')
class ExemptController {
  @Get()
  list() {}

  @Get('more')
  @RequireScopes('read')
  more() {}
}

@Controller('inherits-exempt')
class InheritsExempt extends ExemptController {}

@Controller('adds')
class AddsToExempt extends ExemptController {
  @Get('new')
  another() {}
}

@Controller('overrides')
class OverridesExempt extends ExemptController {
  @Get()
  override list() {}
}

class SilentBase {
  @Get()
  list() {}
}

@Controller('exempts-inherited')
@OrgExempt('a catalogue for everybody')
class ExemptsInherited extends SilentBase {}

class ExemptMethodBase {
  @Get()
  @OrgExempt('a catalogue for everybody')
  list() {}
}

@Controller('exempt-method')
class InheritsExemptMethod extends ExemptMethodBase {}

@Controller('overrides-method')
class OverridesExemptMethod extends ExemptMethodBase {
  @Get()
  override list() {}
}

/** Messages have no path, and are for other checks. */
@Controller()
class MessagesController {
  @MessagePattern('x')
  on() {}
}

@Injectable()
class PlainService {
  list() {}
}

@Controller('catalogue')
class CatalogueController {
  @Get()
  @Public()
  list() {}
}

@Module({ controllers: [CatalogueController], providers: [PlainService] })
class FeatureModule {}

const advice = 'Put @RequireOrg(), @OrgParam(), @OrgOwned() or @OrgExempt(reason) on each';
const silent = (...routes: string[]) =>
  `undeclared found routes that say nothing about organizations: ${routes.join(', ')}. ${advice}`;

async function start(controllers: Type[], extras: object, imports: Type[] = []) {
  const ours = ConnectAuthModule.forRoot({ ...trust, ...extras });
  await (await createNest('Express', { imports: [ours, ...imports], controllers })).init();
}
const faultWith = (...controllers: Type[]) => faultOf(start(controllers, { undeclared: 'deny' }));

test('every route that says nothing is listed, whoever may call it', async () => {
  const own = ['SilentController.list', 'SilentController.add', 'OpenController.public', 'OpenController.optional'];
  const others = ['CatalogueController.list'];
  for (const extras of [{}, { global: true }, { checkRoutes: false }]) {
    const options = { undeclared: 'deny', ...extras };
    const fault = await faultOf(start([SilentController, OpenController], options, [FeatureModule]));
    expect([silent(...own, ...others), silent(...others, ...own)]).toContain(fault);
  }
});

test('the same with options from a factory', async () => {
  const ours = ConnectAuthModule.forRootAsync({ useFactory: () => trust, undeclared: 'deny' });
  const app = await createNestOrFault({ imports: [ours], controllers: [OpenController] });
  expect(app).toBe(silent('OpenController.public', 'OpenController.optional'));
});

const createNestOrFault = (metadata: Parameters<typeof createNest>[1]) =>
  faultOf(createNest('Express', metadata).then((app) => app.init()));

test.each([
  ['what says something', [DeclaredController], undefined],
  ['what has no path', [MessagesController], undefined],
  ['an exempt class', [ExemptController], undefined],
  ['what inherits from an exempt class', [InheritsExempt], undefined],
  ['what inherits an exempt method', [InheritsExemptMethod], undefined],
  ['an exempt class that inherits', [ExemptsInherited], undefined],
  ['an open route of a class that asks', [OnClassController], silent('OnClassController.open')],
  ['what is added to an exempt class', [AddsToExempt], silent('AddsToExempt.another')],
  ['what overrides a method of an exempt class', [OverridesExempt], silent('OverridesExempt.list')],
  ['what overrides an exempt method', [OverridesExemptMethod], silent('OverridesExemptMethod.list')],
] as const)('%s', async (_what, controllers, fault) => {
  expect(await faultWith(...(controllers as readonly Type[]))).toBe(fault);
});

test.each([{}, { undeclared: 'allow' }, { undeclared: undefined }])(
  'unless it is denied, silence is let pass: %p',
  async (extras) => {
    expect(await faultOf(start([SilentController], extras))).toBeUndefined();
  },
);

test.each([true, 'Deny', null, 1])('undeclared: %p is refused', (undeclared) => {
  const options = { ...trust, undeclared: undeclared as never };
  expect(() => ConnectAuthModule.forRoot(options)).toThrow(
    new ConfigurationError('undeclared', 'must be deny or allow'),
  );
});

test.each([undefined, '', 7, null])('@OrgExempt(%p) needs a reason', (reason) => {
  expect(() => OrgExempt(reason as never)).toThrow(ConfigurationError);
  expect(() => OrgExempt(reason as never)).toThrow(/^@OrgExempt\(\) reason /);
});

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  test('@OrgExempt() opens nothing, and closes nothing', async () => {
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global: true, undeclared: 'deny' })];
    const { http } = await openNest(platform, { imports, controllers: [ExemptController, DeclaredController] });
    expect(answerOf(await http.get('/exempt'))).toEqual(missingToken);
    await http.get('/exempt').set(callerOf(world, null)).expect(200);
    await http.get('/exempt/more').set(callerOf(world, null)).expect(403);
    await http.get('/declared/health').expect(200);
  });
});
