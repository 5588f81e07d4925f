import { beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, type Type } from '@nestjs/common';
import { ConnectAuthModule, RequireScopes } from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';

class Listing {
  @Get()
  @RequireScopes('admin')
  list() {}
}

/** Gives a class the methods of another, as the TypeScript handbook does for mixins. */
function applyMixin(type: Type, mixin: Type, name = 'list'): Type {
  const method = Object.getOwnPropertyDescriptor(mixin.prototype, 'list') as PropertyDescriptor;
  Object.defineProperty(type.prototype, name, method);
  return type;
}

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(platforms)('%s', (platform) => {
  /** What a good token without scopes and organization gets there, unless the application does not start. */
  async function statusOf(controller: Type, global: boolean): Promise<unknown> {
    const imports = [ConnectAuthModule.forRoot({ ...world.trust(), global })];
    try {
      const { http } = await openNest(platform, { imports, controllers: [controller] });
      const token = world.issuer.token({ scopes: [], org: null });
      return (await http.get('/borrowed').set(bearer(token))).status;
    } catch {
      return 'does not start';
    }
  }

  describe.each([true, false])('global: %p', (global) => {
    test('a handler that comes from a mixin asks there what it asks at home', async () => {
      @Controller('borrowed')
      class Borrower {}
      expect(['does not start', 403]).toContain(await statusOf(applyMixin(Borrower, Listing), global));
    });

    test('a second name for a handler takes nothing from it', async () => {
      @Controller('borrowed')
      class Borrower extends Listing {}
      expect(['does not start', 403]).toContain(await statusOf(applyMixin(Borrower, Listing, 'another'), global));
    });
  });
});
