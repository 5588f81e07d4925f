import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { guardsOf, isAccessGuard } from '../access/access-guard.js';
import { policyOf } from '../access/access-policy.js';
import type { AdapterSettings } from '../connect-auth.options.js';
import { adapterSettings } from '../connect-auth.tokens.js';
import { ConnectAuthVerifier } from '../connect-auth.verifier.js';
import { ConnectAuthGuard } from './connect-auth.guard.js';

/**
 * Guards handlers whose function has lost its guard. It is put on the class of every handler with a declaration: Nest
 * reads a handler's guards from its function, and by then that may be another one, bound in the constructor or wrapped
 * for tracing. All other handlers are left to the guard on their function.
 */
@Injectable()
export class HandlerGuard implements CanActivate {
  private readonly guard: ConnectAuthGuard;

  constructor(
    @Inject(ConnectAuthVerifier) verifier: ConnectAuthVerifier,
    @Inject(adapterSettings) settings: AdapterSettings,
  ) {
    this.guard = new ConnectAuthGuard(verifier, settings);
  }

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const handler = context.getHandler();
    if (guardsOf(handler).some(isAccessGuard)) return true;
    return policyOf(context.getClass(), handler).isDeclared ? this.guard.canActivate(context) : true;
  }
}
