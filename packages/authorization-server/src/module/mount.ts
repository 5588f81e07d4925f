import { ConfigurationError } from '@connect-auth/core';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AuthorizationServer } from '../server/authorization-server.js';

/**
 * Puts the OAuth endpoints before everything else of the application: before its body parsers, which would read what the
 * engine reads, and out of reach of a global prefix. Nest creates this while the application has no routes yet.
 */
@Injectable()
export class Mount {
  constructor(
    @Inject(AuthorizationServer) server: AuthorizationServer,
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
  ) {
    if (server.options.mount === 'manual') return;
    if (host.httpAdapter) mount(server, host.httpAdapter);
    // In Nest's testing module the adapter comes after the providers. A command never has one, and serves nothing.
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
