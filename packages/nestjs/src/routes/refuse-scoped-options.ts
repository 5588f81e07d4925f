import { ConfigurationError } from '@connect-auth/core';
import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { ConnectAuthVerifier } from '../connect-auth.verifier.js';

/**
 * Refuses options that depend on a request-scoped provider: the whole module would be made anew for each request, keys
 * would be fetched each time, nothing would be checked at start, and some releases of Nest 11 silently leave out global
 * guards of that kind.
 *
 * @param ours the class of the modules to look for
 * @throws ConfigurationError
 */
export function refuseScopedOptions(modules: ModulesContainer, ours: Type): void {
  for (const { metatype, providers } of modules.values()) {
    if (metatype === ours && providers.get(ConnectAuthVerifier)?.isDependencyTreeStatic() === false) {
      throw new ConfigurationError(
        'forRootAsync',
        'must not depend on a request-scoped provider: options are for all requests',
      );
    }
  }
}
