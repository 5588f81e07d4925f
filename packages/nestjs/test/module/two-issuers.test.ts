import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { type DynamicModule, forwardRef, Module, type ModuleMetadata, type Type, UseGuards } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ConnectAuthGuard, ConnectAuthModule, Public, RequireOrg } from '../../src/index.js';
import { createNest } from '../open-nest.js';
import { projectsController } from '../open-projects.js';
import { faultOf, trust } from '../routes/start.js';

const moduleOf = (name: string) =>
  ConnectAuthModule.forRoot({ ...trust, issuer: `https://${name}.test`, passportStrategy: name });

/** A module that passes on what it imports. */
function sharing(...modules: (DynamicModule | Type)[]): Type {
  @Module({ imports: modules, exports: modules })
  class SharedModule {}
  return SharedModule;
}

type Imports = NonNullable<ModuleMetadata['imports']>;

/** A module with these imports, in an application, beside one of no interest. */
async function start(imports: Imports, declared: Parameters<typeof projectsController>[0]): Promise<void> {
  @Module({ imports, controllers: [projectsController(declared)] })
  class FeatureModule {}
  const app = await createNest('Express', { imports: [FeatureModule] });
  await app.init();
}

const [staff, partners] = [moduleOf('staff'), moduleOf('partners')];

const both: Record<string, () => Imports> = {
  'it imports both': () => [staff, partners],
  'it imports both the other way round': () => [partners, staff],
  'one comes through a module that passes it on': () => [sharing(staff), partners],
  'one comes from farther off': () => [partners, sharing(sharing(staff))],
  'both come through one module': () => [sharing(staff, partners)],
  'each comes through a module of its own': () => [sharing(staff), sharing(partners)],
};

const guarded = {
  'a decorator on a handler': { onHandler: [RequireOrg()] },
  'a decorator on a controller': { onClass: [RequireOrg()] },
  'the guard on a handler': { onHandler: [UseGuards(ConnectAuthGuard)] },
};

describe.each(Object.entries(both))('two modules of this package are in sight: %s', (_how, imports) => {
  test.each(Object.entries(guarded))(
    '%s could trust either: the application does not start',
    async (_what, declared) => {
      await expect(start(imports(), declared)).rejects.toEqual(
        new ConfigurationError('imports of FeatureModule', 'lead to 2 modules ConnectAuthModule: one at a time'),
      );
    },
  );

  test.each([
    ['nothing at all', {}],
    ['an open door', { onHandler: [Public()] }],
  ])('%s trusts neither, and it starts', async (_what, declared) => {
    expect(await faultOf(start(imports(), declared))).toBeUndefined();
  });
});

test.each<[string, () => Imports]>([
  ['imported twice', () => [staff, sharing(staff)]],
  ['beside a module that keeps its own to itself', () => [staff, { module: class Other {}, imports: [partners] }]],
])('one module in sight, %s: it starts', async (_how, imports) => {
  expect(await faultOf(start(imports(), { onHandler: [RequireOrg()] }))).toBeUndefined();
});

test('modules that pass each other on are gone through once', async () => {
  @Module({ imports: [staff, forwardRef(() => Other)], exports: [forwardRef(() => Other)] })
  class One {}
  @Module({ imports: [forwardRef(() => One)], exports: [forwardRef(() => One)] })
  class Other {}
  expect(await faultOf(start([One, partners], { onHandler: [RequireOrg()] }))).toBeUndefined();
});

test('a guard for the whole application that could trust either keeps it from starting, too', async () => {
  const providers = [{ provide: APP_GUARD, useClass: ConnectAuthGuard }];
  await expect(createNest('Express', { imports: [staff, partners], providers })).rejects.toEqual(
    new ConfigurationError('imports of AppModule', 'lead to 2 modules ConnectAuthModule: one at a time'),
  );
});
