import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Inject, Injectable, Module, Scope, type Type } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { ConnectAuthModule, type ConnectAuthModuleOptions, RequireOrg } from '../../src/index.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';
import { projectsController } from '../open-projects.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

/** Made anew for every request, since it asks for it. */
@Injectable()
class OfRequest {
  constructor(@Inject(REQUEST) readonly request: unknown) {}

  createConnectAuthOptions(): ConnectAuthModuleOptions {
    return world.trust();
  }
}

@Injectable({ scope: Scope.TRANSIENT })
class Transient {
  createConnectAuthOptions(): ConnectAuthModuleOptions {
    return world.trust();
  }
}

/** What another module provides. */
function moduleWith(provider: Type): Type {
  @Module({ providers: [provider], exports: [provider] })
  class SettingsModule {}
  return SettingsModule;
}

interface ConnectAuthOptionsFactory {
  createConnectAuthOptions(): ConnectAuthModuleOptions;
}

const withFactory = (global: boolean, provider: Type) =>
  ConnectAuthModule.forRootAsync({
    global,
    imports: [moduleWith(provider)],
    inject: [provider],
    useFactory: (settings: ConnectAuthOptionsFactory) => settings.createConnectAuthOptions(),
  });

const ways = {
  useFactory: withFactory,
  useClass: (global: boolean, provider: Type) => ConnectAuthModule.forRootAsync({ global, useClass: provider }),
  useExisting: (global: boolean, provider: Type) =>
    ConnectAuthModule.forRootAsync({ global, imports: [moduleWith(provider)], useExisting: provider }),
};

describe.each(platforms)('%s', (platform) => {
  describe.each(Object.entries(ways))('%s', (_way, make) => {
    const start = (global: boolean) => {
      const controllers = [projectsController({ onHandler: [RequireOrg()] })];
      return openNest(platform, { imports: [make(global, OfRequest)], controllers });
    };

    test('options of a request: the application does not start', async () => {
      const problem = 'must not depend on a request-scoped provider: options are for all requests';
      await expect(start(false)).rejects.toEqual(new ConfigurationError('forRootAsync', problem));
    });

    test('and neither with global: true, where newer releases of Nest refuse it first', async () => {
      await expect(start(true)).rejects.toThrow(/(must not depend|depends) on a request-scoped provider/);
    });
  });

  test.each([true, false])('a transient provider serves all requests, global: %p', async (global) => {
    const controllers = [projectsController({ onHandler: [RequireOrg()] })];
    const { http } = await openNest(platform, { imports: [withFactory(global, Transient)], controllers });
    await http.get('/projects').expect(401);
    const known = bearer(world.issuer.token({ org: 'org_B' }));
    await http.get('/projects').set(known).expect(200, { org: 'org_B' });
  });
});
