import { ConfigurationError } from '@connect-auth/core';
import { ConfigurableModuleBuilder, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { ConnectAuthModuleOptions } from './connect-auth.options.js';
import { moduleExtras } from './connect-auth.tokens.js';
import { ConnectAuthGuard } from './guard/connect-auth.guard.js';

/** What is known when the module is imported: with `forRootAsync` it stands beside `useFactory`. */
export interface ConnectAuthModuleExtras {
  /**
   * Guards every route but those with `@Public()`, and lets all modules inject what this one provides. One module of an
   * application can. Default: false; other modules import this one, and routes have guards of their own.
   */
  readonly global?: boolean;
  /**
   * Lists at start every route that is neither protected nor public, and refuses to boot: global guards do not reach
   * gateways, nor the microservices of a hybrid application. Default: what `global` is. Declarations that nothing would
   * see to are refused too, unless this is `false`.
   */
  readonly checkRoutes?: boolean;
  /**
   * `deny`: lists at start every HTTP route that says nothing about organizations, and refuses to boot. `@RequireOrg()`,
   * `@OrgId()`, `@OrgParam()`, `@OrgOwned()` and their like say something, and so does `@OrgExempt(reason)`. Default:
   * `allow`.
   */
  readonly undeclared?: 'deny' | 'allow';
}

/** Options of the other kind come along as `extras`, secrets among them: they are left where they are. */
const withExtras = (
  definition: DynamicModule,
  { global = false, checkRoutes, undeclared = 'allow' }: ConnectAuthModuleExtras,
): DynamicModule => {
  if (typeof global !== 'boolean') throw new ConfigurationError('global', 'must be true or false');
  if (checkRoutes !== undefined && typeof checkRoutes !== 'boolean') {
    throw new ConfigurationError('checkRoutes', 'must be true or false');
  }
  if (undeclared !== 'deny' && undeclared !== 'allow') {
    throw new ConfigurationError('undeclared', 'must be deny or allow');
  }
  return {
    ...definition,
    global,
    providers: [
      ...(definition.providers ?? []),
      { provide: moduleExtras, useValue: { global, checkRoutes, undeclared } },
      ...(global ? [{ provide: APP_GUARD, useExisting: ConnectAuthGuard }] : []),
    ],
  };
};

/** What may stand beside the factory of options. A slip in `global` would leave every route without its guard. */
export const asyncOptionNames: readonly string[] = [
  ...['imports', 'inject', 'useFactory', 'useClass', 'useExisting', 'provideInjectionTokensFrom'],
  ...(['global', 'checkRoutes', 'undeclared'] satisfies (keyof ConnectAuthModuleExtras)[]),
];

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ConnectAuthModuleOptions>({ moduleName: 'ConnectAuth' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createConnectAuthOptions')
    .setExtras<ConnectAuthModuleExtras>(
      { global: false, checkRoutes: undefined as never, undeclared: 'allow' },
      withExtras,
    )
    .build();
