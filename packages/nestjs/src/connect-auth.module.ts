import { type Verifier } from '@connect-auth/core';
import { checkKnown, verifierOf } from '@connect-auth/core/adapter';
import {
  type DynamicModule,
  Inject,
  type MiddlewareConsumer,
  Module,
  type NestModule,
  type OnModuleInit,
  Scope,
} from '@nestjs/common';
import { HttpAdapterHost, ModuleRef, ModulesContainer } from '@nestjs/core';
import { recordRequests } from './audit/record-requests.js';
import {
  type ASYNC_OPTIONS_TYPE,
  asyncOptionNames,
  ConfigurableModuleClass,
  type ConnectAuthModuleExtras,
  MODULE_OPTIONS_TOKEN,
  type OPTIONS_TYPE,
} from './connect-auth.module-definition.js';
import { type AdapterSettings, type ConnectAuthModuleOptions, splitOptions } from './connect-auth.options.js';
import { adapterSettings, moduleExtras } from './connect-auth.tokens.js';
import { ConnectAuthVerifier } from './connect-auth.verifier.js';
import { openHttpFrames } from './frame/open-http-frames.js';
import { ConnectAuthGuard } from './guard/connect-auth.guard.js';
import { ConnectAuthHandshake } from './handshake/connect-auth.handshake.js';
import { ConnectAuthHealthIndicator } from './health/connect-auth.health.js';
import { ConnectAuthLifecycle } from './lifecycle/connect-auth.lifecycle.js';
import { provide } from './organization/provide.js';
import { refuseScopedOptions } from './routes/refuse-scoped-options.js';
import { RouteCheck } from './routes/route-check.js';

/**
 * Protects a Nest application: `ConnectAuthModule.forRoot({ issuer, audience, global: true })`.
 *
 * @throws ConfigurationError while the application is created: for wrong options, and for routes whose decorators
 * contradict each other, protect nothing, or leave open who may call
 */
@Module({
  providers: [
    {
      provide: ConnectAuthVerifier,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: ConnectAuthModuleOptions): Verifier => verifierOf(splitOptions(options).source),
    },
    {
      provide: adapterSettings,
      inject: [MODULE_OPTIONS_TOKEN, ModuleRef],
      useFactory: (options: ConnectAuthModuleOptions, modules: ModuleRef): AdapterSettings => ({
        ...splitOptions(options).settings,
        resolve: (type, request) => provide(modules, type, request),
      }),
    },
    ConnectAuthGuard,
    ConnectAuthHandshake,
    ConnectAuthHealthIndicator,
    {
      provide: ConnectAuthLifecycle,
      inject: [
        ModulesContainer,
        HttpAdapterHost,
        ConnectAuthVerifier,
        adapterSettings,
        moduleExtras,
        MODULE_OPTIONS_TOKEN,
      ],
      useFactory: beginLifecycle,
    },
  ],
  exports: [ConnectAuthVerifier, adapterSettings, ConnectAuthGuard, ConnectAuthHandshake, ConnectAuthHealthIndicator],
})
export class ConnectAuthModule extends ConfigurableModuleClass implements NestModule, OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(ModuleRef) private readonly own: ModuleRef,
  ) {
    super();
  }

  /** @param options default: `CONNECT_ISSUER`, `CONNECT_AUDIENCE` and the others of `issuerFromEnv()` */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    // biome-ignore lint/complexity/noThisInStatic: the base takes the module's class from `this`.
    return super.forRoot(options);
  }

  /**
   * Takes the options from a factory, a class or a provider.
   *
   * @throws ConfigurationError for an option that has no meaning there
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    checkKnown('forRootAsync', options, asyncOptionNames);
    // biome-ignore lint/complexity/noThisInStatic: the base takes the module's class from `this`.
    return super.forRootAsync(options);
  }

  /**
   * Refuses request-scoped options here and not in a provider: they make every provider of the module request-scoped,
   * too.
   */
  onModuleInit(): void {
    refuseScopedOptions(this.modules, ConnectAuthModule);
  }

  /** Runs at the right moment: body parsers are in place, but routes are not yet. */
  configure(_consumer: MiddlewareConsumer): void {
    this.recordRequests();
    openHttpFrames(this.http.httpAdapter);
  }

  /** Records requests, if that has not begun: a testing module is compiled before there is an adapter. */
  private recordRequests(): void {
    if (this.own.introspect(adapterSettings).scope !== Scope.DEFAULT) return; // Refused later, in `onModuleInit`.
    const { audit } = this.own.get<AdapterSettings>(adapterSettings);
    if (audit !== undefined) recordRequests(this.http.httpAdapter, audit);
  }
}

/** Takes its arguments in the order of `inject`. */
function beginLifecycle(
  modules: ModulesContainer,
  http: HttpAdapterHost,
  verifier: ConnectAuthVerifier,
  settings: AdapterSettings,
  extras: ConnectAuthModuleExtras,
  options: ConnectAuthModuleOptions,
): Promise<ConnectAuthLifecycle> {
  if (settings.audit !== undefined && http.httpAdapter !== undefined) recordRequests(http.httpAdapter, settings.audit);
  const routes = new RouteCheck(modules, http, ConnectAuthModule, extras);
  return ConnectAuthLifecycle.begin({ verifier, ownsVerifier: !('verifier' in options), settings, routes });
}
