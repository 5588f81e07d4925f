import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { guardsOf, isAccessGuard } from '../access/access-guard.js';
import { policyOf } from '../access/access-policy.js';
import type { AdapterSettings } from '../connect-auth.options.js';
import { adapterSettings } from '../connect-auth.tokens.js';
import { ConnectAuthVerifier } from '../connect-auth.verifier.js';
import { ConnectAuthGuard } from './connect-auth.guard.js';

/**
 * Put on the class of every handler that something is declared about. Nest reads a handler's guards off its function,
 * and by then that may be another: bound in the constructor, wrapped for tracing. This guard sees to such handlers, and
 * leaves the others to the guard on their function.
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
