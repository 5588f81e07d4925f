import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { ConnectAuthModule, OptionalAuth, Public } from '../../src/index.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';
import { callers, verified, whoPasses } from './callers.js';

class Pages {
  @Get('inherited')
  inherited() {}

  @Get('overridden')
  overridden() {}
}

@Public()
class PublicPages extends Pages {}

@OptionalAuth()
class OptionalPages extends Pages {}

@Controller('public')
class OfPublic extends PublicPages {
  @Get('added')
  added() {}

  @Get('overridden')
  override overridden() {}

  @Get('opened')
  @Public()
  opened() {}
}

@Controller('optional')
class OfOptional extends OptionalPages {
  @Get('added')
  added() {}

  @Get('overridden')
  override overridden() {}
}

/** It adds nothing, and what is two classes farther on is as open as there. */
@Controller('farther')
class Farther extends OfPublic {}

@Controller('own')
@Public()
class OpeningItself extends PublicPages {
  @Get('added')
  added() {}

  @Get('overridden')
  override overridden() {}
}

const allButForger = callers.filter((caller) => caller !== 'forger');

let world: OpenIssuer;
let http: Awaited<ReturnType<typeof openNest>>['http'];
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s, behind the global guard', (platform) => {
  beforeAll(async () => {
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global: true })];
    const controllers = [OfPublic, OfOptional, Farther, OpeningItself];
    ({ http } = await openNest(platform, { imports, controllers }));
  });

  test.each([
    ['/public/added', verified],
    ['/public/overridden', verified],
    ['/public/opened', callers],
    ['/optional/added', verified],
    ['/optional/overridden', verified],
    ['/farther/added', verified],
    ['/farther/overridden', verified],
    ['/own/added', callers],
    ['/own/overridden', callers],
    ['/own/inherited', callers],
  ])('%s is closed unless its own class opens it', async (path, passes) => {
    expect(await whoPasses(http, path, world)).toEqual(passes);
  });

  test.each([
    ['/public/inherited', callers],
    ['/optional/inherited', allButForger],
    ['/farther/inherited', callers],
  ])('%s is as open as where it stands', async (path, passes) => {
    expect(await whoPasses(http, path, world)).toEqual(passes);
  });
});
