import { ConfigurationError } from '@connect-auth/core';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AuthorizationServer } from '../server/authorization-server.js';

/**
 * Mounts the OAuth endpoints before everything else in the application: before its body parsers, which would consume
 * what the engine must read, and outside a global prefix. Nest creates this before the application has any routes.
 */
@Injectable()
export class Mount {
  constructor(
    @Inject(AuthorizationServer) server: AuthorizationServer,
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
  ) {
    if (server.options.mount === 'manual') return;
    if (host.httpAdapter) mount(server, host.httpAdapter);
    // In Nest's testing module the adapter is set after the providers. An application context never has one.
    else host.init$.subscribe(() => mount(server, host.httpAdapter));
  }
}

function mount(server: AuthorizationServer, adapter: HttpAdapterHost['httpAdapter'] | undefined): void {
  if (!adapter) return;
  if (adapter.getType() !== 'express') {
    throw new ConfigurationError('AuthorizationServerModule', 'needs the Express adapter (@nestjs/platform-express)');
  }
  adapter.use(server.handler);
}
