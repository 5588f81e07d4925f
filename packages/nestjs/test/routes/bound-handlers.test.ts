import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { Controller, Get, UseGuards } from '@nestjs/common';
import { ConnectAuthGuard, ConnectAuthModule, RequireScopes } from '../../src/index.js';
import { openNest, type Platform, platforms } from '../open-nest.js';
import { trust } from './start.js';

let reached = 0;

/** Nest looks for a handler's guards on what the controller has under its name, which is another function here. */
@Controller('bound')
class BoundController {
  constructor() {
    this.list = this.list.bind(this);
  }

  @Get()
  @RequireScopes('a')
  list() {
    reached += 1;
  }
}

@Controller('guarded')
@UseGuards(ConnectAuthGuard)
class GuardedBoundController extends BoundController {}

/** What a caller without a token gets of an application with this controller; not to start is as good as to refuse. */
async function answerTo(platform: Platform, controller: new () => object, path: string): Promise<unknown> {
  try {
    const { http } = await openNest(platform, {
      imports: [ConnectAuthModule.forRoot(trust)],
      controllers: [controller],
    });
    return (await http.get(path)).status;
  } catch (error) {
    return error instanceof ConfigurationError ? 'does not start' : error;
  }
}

describe.each(platforms)('%s', (platform) => {
  test.each([
    ['asks something', BoundController, '/bound'],
    ['asks something, behind a guard on its class', GuardedBoundController, '/guarded'],
  ])('a handler that %s and is bound in the constructor lets nobody pass', async (_what, controller, path) => {
    reached = 0;
    expect(['does not start', 401, 500]).toContain(await answerTo(platform, controller, path));
    expect(reached).toBe(0);
  });
});
