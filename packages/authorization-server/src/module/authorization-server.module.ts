import { functionSink } from '@connect-auth/audit';
import {
  type DynamicModule,
  Inject,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type Provider,
} from '@nestjs/common';
import { ApplicationsController } from '../management/applications/applications.controller.js';
import { ClientSecretsController } from '../management/applications/client-secrets.controller.js';
import { CompleteLoginController } from '../management/complete-login.controller.js';
import { MembershipsController } from '../management/directory/memberships.controller.js';
import { OrganizationsController } from '../management/directory/organizations.controller.js';
import { UsersController } from '../management/directory/users.controller.js';
import { ManagementGuard } from '../management/management.guard.js';
import { ManagementErrorFilter } from '../management/management-error.filter.js';
import { SigningKeysController } from '../management/signing-keys/signing-keys.controller.js';
import { UnreadableRequests } from '../management/unreadable-requests.js';
import type { AuthorizationServerOptions } from '../options/authorization-server.options.js';
import { AuthorizationServer } from '../server/authorization-server.js';
import { HealthController } from './health.controller.js';
import { Mount } from './mount.js';

/** A factory of options, with its dependencies. */
export interface AsyncAuthorizationServerOptions {
  readonly imports?: DynamicModule['imports'];
  readonly inject?: unknown[];
  readonly useFactory: (...dependencies: never[]) => AuthorizationServerOptions | Promise<AuthorizationServerOptions>;
}

const optionsToken = Symbol('AuthorizationServerOptions');

/**
 * The authorization server as part of a Nest application: `AuthorizationServerModule.forRoot({ issuer })`. It provides
 * the OAuth endpoints, the management API and health checks, and closes its storage with the application.
 */
@Module({})
export class AuthorizationServerModule implements OnModuleDestroy, OnApplicationShutdown {
  constructor(@Inject(AuthorizationServer) private readonly server: AuthorizationServer) {}

  /** @throws ConfigurationError while the application is created */
  static forRoot(options: AuthorizationServerOptions): DynamicModule {
    return define([{ provide: optionsToken, useValue: options }, serverFromOptions]);
  }

  /** Takes the options from a factory. @throws ConfigurationError while the application is created */
  static forRootAsync({ imports = [], inject = [], useFactory }: AsyncAuthorizationServerOptions): DynamicModule {
    return {
      ...define([{ provide: optionsToken, inject: inject as never[], useFactory }, serverFromOptions]),
      imports,
    };
  }

  /** Takes a server that is already open; from then on the application owns it and closes it. */
  static forServer(server: AuthorizationServer): DynamicModule {
    return define([{ provide: AuthorizationServer, useValue: server }]);
  }

  onModuleDestroy(): void {
    this.server.beginClosing();
  }

  /** Closes the server after Nest has answered the last request. */
  onApplicationShutdown(): Promise<void> {
    return this.server.close();
  }
}

const serverFromOptions: Provider = {
  provide: AuthorizationServer,
  inject: [optionsToken],
  useFactory: openWithNestLogger,
};

function define(server: Provider[]): DynamicModule {
  return {
    module: AuthorizationServerModule,
    controllers: [
      ApplicationsController,
      ClientSecretsController,
      OrganizationsController,
      UsersController,
      MembershipsController,
      SigningKeysController,
      CompleteLoginController,
      HealthController,
    ],
    providers: [...server, ManagementGuard, ManagementErrorFilter, Mount, UnreadableRequests],
    exports: [AuthorizationServer],
  };
}

function openWithNestLogger(options: AuthorizationServerOptions): Promise<AuthorizationServer> {
  const log = new Logger('AuthorizationServerAudit');
  const audit = { operator: [functionSink((event) => log.log(JSON.stringify(event)), 'nest-logger')] };
  return AuthorizationServer.open({
    logger: new Logger('AuthorizationServer'),
    audit,
    ...options,
  });
}
