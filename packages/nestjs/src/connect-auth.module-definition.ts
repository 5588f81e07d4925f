import { ConfigurationError } from '@connect-auth/core';
import { ConfigurableModuleBuilder, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { ConnectAuthModuleOptions } from './connect-auth.options.js';
import { moduleExtras } from './connect-auth.tokens.js';
import { ConnectAuthGuard } from './guard/connect-auth.guard.js';

/** Options that are known when the module is imported: with `forRootAsync` they stand beside `useFactory`. */
export interface ConnectAuthModuleExtras {
  /**
   * Guards every route except those with `@Public()`, and allows all modules to inject what this one provides. Only one
   * module of an application can be global. Default: false; other modules import this one, and routes have guards of
   * their own.
   */
  readonly global?: boolean;
  /**
   * Refuses to boot if a route is neither protected nor public, and lists every such route: global guards do not reach
   * gateways, nor the microservices of a hybrid application. Default: the value of `global`. Declarations that nothing
   * would enforce are refused too, unless this is `false`.
   */
  readonly checkRoutes?: boolean;
  /**
   * `deny`: refuses to boot if an HTTP route declares nothing about organizations, and lists every such route.
   * `@RequireOrg()`, `@OrgId()`, `@OrgParam()`, `@OrgOwned()` and their like declare something, and so does
   * `@OrgExempt(reason)`. Default: `allow`.
   */
  readonly undeclared?: 'deny' | 'allow';
}

/**
 * Applies the extras to the module. Nest passes all other options along in them, secrets included: those are not
 * touched.
 */
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

/** The options allowed beside the factory. A typo in `global` would leave every route without its guard. */
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
