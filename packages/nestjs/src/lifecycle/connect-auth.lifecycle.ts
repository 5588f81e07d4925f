import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import type { AdapterSettings } from '../connect-auth.options.js';
import type { ConnectAuthVerifier } from '../connect-auth.verifier.js';
import { frameMessages } from '../frame/frame-messages.js';
import { describeRoutes } from '../openapi/describe-routes.js';
import { registerStrategy } from '../passport/register-strategy.js';
import type { RouteCheck } from '../routes/route-check.js';

interface ConnectAuthParts {
  readonly modules: ModulesContainer;
  readonly verifier: ConnectAuthVerifier;
  /** Whether the module made the verifier: one that came with the options belongs to whoever made it. */
  readonly ownsVerifier: boolean;
  readonly settings: AdapterSettings;
  readonly routes: RouteCheck;
}

/** What a module does while its application starts and ends. */
export class ConnectAuthLifecycle implements OnModuleInit, OnApplicationShutdown {
  private forgetStrategy: (() => void) | undefined;

  private constructor(private readonly parts: ConnectAuthParts) {}

  /**
   * What has to be done while the application is created, before Nest binds its handlers and describes its routes.
   *
   * @throws ConfigurationError
   */
  static async begin(parts: ConnectAuthParts): Promise<ConnectAuthLifecycle> {
    const { routes, verifier, settings } = parts;
    routes.checkDeclarations();
    routes.checkGuards();
    frameMessages(routes.all);
    await describeRoutes(routes.all, routes.covered, verifier.issuers ?? []); // One of somebody else's making may not tell.
    const lifecycle = new ConnectAuthLifecycle(parts);
    lifecycle.forgetStrategy = await registerStrategy(verifier, settings, parts.modules);
    return lifecycle;
  }

  /** Before the application listens. @throws ConfigurationError, IssuerUnavailableError */
  async onModuleInit(): Promise<void> {
    const { routes, settings, verifier } = this.parts;
    routes.checkGuards(); // Only now is it sure what kind of application this is.
    routes.checkFields();
    if (settings.waitForKeys) await verifier.ready();
  }

  /** After the last request: a closed verifier refuses. */
  async onApplicationShutdown(): Promise<void> {
    this.forgetStrategy?.();
    if (this.parts.ownsVerifier) await this.parts.verifier.close();
  }
}
