import { setImmediate } from 'node:timers/promises';
import { createVerifier } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type DynamicModule, Inject, Injectable, Module } from '@nestjs/common';
import {
  ConnectAuthGuard,
  ConnectAuthModule,
  type ConnectAuthModuleOptions,
  ConnectAuthVerifier,
} from '../../src/index.js';
import { answerOf, inRealm, missingToken } from '../answers.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';
import { openNest, platforms } from '../open-nest.js';
import { projectsController } from '../open-projects.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

@Injectable()
class Settings {
  read(): ConnectAuthModuleOptions {
    return { ...world.trust(), realm: 'projects' };
  }
}

@Module({ providers: [Settings], exports: [Settings] })
class SettingsModule {}

@Injectable()
class OptionsFactory {
  constructor(@Inject(Settings) private readonly settings: Settings) {}

  async createConnectAuthOptions(): Promise<ConnectAuthModuleOptions> {
    await setImmediate();
    return this.settings.read();
  }
}

@Module({ imports: [SettingsModule], providers: [OptionsFactory], exports: [OptionsFactory] })
class OptionsModule {}

const ways: readonly (readonly [name: string, make: () => DynamicModule])[] = [
  [
    'useFactory',
    () =>
      ConnectAuthModule.forRootAsync({
        global: true,
        imports: [SettingsModule],
        inject: [Settings],
        useFactory: async (settings: Settings) => {
          await setImmediate();
          return settings.read();
        },
      }),
  ],
  [
    'useClass',
    () => ConnectAuthModule.forRootAsync({ global: true, imports: [SettingsModule], useClass: OptionsFactory }),
  ],
  [
    'useExisting',
    () => ConnectAuthModule.forRootAsync({ global: true, imports: [OptionsModule], useExisting: OptionsFactory }),
  ],
];

describe.each(platforms)('%s', (platform) => {
  test.each(ways)('%s gives the options, and global stands beside it', async (_way, make) => {
    const { http } = await openNest(platform, { imports: [make()], controllers: [projectsController({})] });
    await http.get('/projects').set(bearer(world.issuer.token())).expect(200);
    expect(answerOf(await http.get('/projects'))).toEqual(inRealm('projects', missingToken));
  });

  test('without global nothing is guarded that does not ask for it', async () => {
    const imports = [ConnectAuthModule.forRootAsync({ useFactory: () => world.trust() })];
    const { http } = await openNest(platform, { imports, controllers: [projectsController({})] });
    await http.get('/projects').expect(200);
  });
});

test('a factory that fails: the application does not start, for that reason', async () => {
  const failure = new Error('the vault is sealed');
  const imports = [ConnectAuthModule.forRootAsync({ useFactory: () => Promise.reject(failure) })];
  await expect(openNest('Express', { imports })).rejects.toBe(failure);
});

test('global where the factory returns it comes too late: the application does not start', async () => {
  for (const options of [world.trust(), { verifier: createVerifier(world.trust()) }]) {
    const useFactory = () => ({ ...options, global: true });
    const starting = openNest('Express', { imports: [ConnectAuthModule.forRootAsync({ useFactory })] });
    await expect(starting).rejects.toMatchObject({ name: 'ConfigurationError', option: 'global' });
  }
});

test('global: true lets every module inject what this one provides; without it a module has to import it', async () => {
  @Injectable()
  class Billing {
    constructor(
      @Inject(ConnectAuthVerifier) readonly verifier: ConnectAuthVerifier,
      @Inject(ConnectAuthGuard) readonly guard: ConnectAuthGuard,
    ) {}
  }
  @Module({ providers: [Billing] })
  class BillingModule {}

  for (const make of [ConnectAuthModule.forRoot.bind(ConnectAuthModule), forRootAsync]) {
    const { app } = await openNest('Express', { imports: [BillingModule, make({ ...world.trust(), global: true })] });
    expect(app.get(Billing, { strict: false }).verifier).toBe(app.get(ConnectAuthVerifier));
    const forgetful = openNest('Express', { imports: [BillingModule, make({ ...world.trust() })] });
    await expect(forgetful).rejects.toThrow(/can't resolve dependencies of the Billing \(\?/);
  }
});

const forRootAsync = ({ global = false, ...options }: ConnectAuthModuleOptions & { global?: boolean }) =>
  ConnectAuthModule.forRootAsync({ global, useFactory: () => options });
