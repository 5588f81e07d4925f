import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { markHandler } from '../access/handler-names.js';
import type { AdapterSettings } from '../connect-auth.options.js';
import type { ConnectAuthVerifier } from '../connect-auth.verifier.js';
import { frameMessages } from '../frame/frame-messages.js';
import { describeRoutes } from '../openapi/describe-routes.js';
import { registerStrategy } from '../passport/register-strategy.js';
import type { RouteCheck } from '../routes/route-check.js';

interface ConnectAuthParts {
  readonly verifier: ConnectAuthVerifier;
  /** Whether the module made the verifier, and so closes it: one that came with the options belongs to its creator. */
  readonly ownsVerifier: boolean;
  readonly settings: AdapterSettings;
  readonly routes: RouteCheck;
}

/** Does a module's work while its application starts and ends. */
export class ConnectAuthLifecycle implements OnModuleInit, OnApplicationShutdown {
  private forgetStrategy: (() => void) | undefined;

  private constructor(private readonly parts: ConnectAuthParts) {}

  /**
   * Does what must be done while the application is created, before Nest binds its handlers and describes its routes.
   *
   * @throws ConfigurationError
   */
  static async begin(parts: ConnectAuthParts): Promise<ConnectAuthLifecycle> {
    const { routes, verifier } = parts;
    const lifecycle = new ConnectAuthLifecycle(parts);
    routes.checkModules();
    lifecycle.prepareRoutes();
    // A verifier that somebody else made may not name its issuers.
    await describeRoutes(routes.all, routes.covered, verifier.issuers ?? []);
    return lifecycle;
  }

  /**
   * Runs before the application listens. Only now is it certain what kind of application this is, and what factories
   * have made.
   *
   * @throws ConfigurationError, IssuerUnavailableError
   */
  async onModuleInit(): Promise<void> {
    const { routes, settings, verifier } = this.parts;
    this.prepareRoutes();
    routes.checkFields();
    if (settings.waitForKeys) await verifier.ready();
    // Last, because an application that fails to start must not keep the name from the next one.
    this.forgetStrategy = await registerStrategy(verifier, settings);
  }

  /** Runs after the last request, because a closed verifier refuses. */
  async onApplicationShutdown(): Promise<void> {
    this.forgetStrategy?.();
    if (this.parts.ownsVerifier) await this.parts.verifier.close();
  }

  private prepareRoutes(): void {
    const { routes } = this.parts;
    routes.checkDeclarations();
    routes.checkGuards();
    for (const { method, name } of routes.all) markHandler(method, name);
    frameMessages(routes.all);
  }
}
