import { type Auth, extractToken, isAuthError, MissingTokenError, type RequestHead } from '@connect-auth/core';
import { acceptToken, type Protection } from '@connect-auth/core/adapter';
import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { AccessGuard } from '../access/access-guard.js';
import { type AccessPolicy, policyOf } from '../access/access-policy.js';
import { exceptionFor } from '../answer/exception-for.js';
import type { AdapterSettings } from '../connect-auth.options.js';
import { adapterSettings } from '../connect-auth.tokens.js';
import { ConnectAuthVerifier } from '../connect-auth.verifier.js';
import { admit } from '../frame/admit.js';
import { recordOfHttp, recordOfRequest } from '../request/record-of.js';
import { requestOf } from '../request/request-of.js';
import { checkRequest } from './check-request.js';
import { hasPassed, keepPassed } from './passed-guards.js';

/**
 * Lets pass calls with a good access token that does what the decorators of the route ask for. Behind it, the parameter
 * decorators and `currentAuth()` tell the verified caller. Without a decorator any good token will do.
 *
 * @throws AuthException, or its like for GraphQL, WebSockets and microservices, with the core's error as its `cause`
 * @throws ConfigurationError if the call is of a kind that it does not understand, or a verifier resolves to no Auth
 */
@Injectable()
export class ConnectAuthGuard extends AccessGuard {
  private readonly protection: Protection;

  constructor(
    @Inject(ConnectAuthVerifier) private readonly verifier: ConnectAuthVerifier,
    @Inject(adapterSettings) private readonly settings: AdapterSettings,
  ) {
    super();
    this.protection = { verifier, challenge: settings.challenge, passErrors: true };
  }

  /**
   * Answers at once where the token is known: a promise and its hop cost a twentieth of a busy route's throughput.
   * Whoever overrides it has to `await` what this one gives, since a promise that will reject is not `false`.
   */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (hasPassed(this, this.protection, context)) return true;
    const policy = policyOf(context.getClass(), context.getHandler());
    if (policy.mode === 'public') return this.letNobodyPass(context);
    try {
      const token = extractToken(this.getRequest(context));
      const auth = acceptToken(recordOfRequest(context), this.verifier, token, policy.live);
      return auth instanceof Promise ? this.await(auth, policy, context) : this.letPass(auth, policy, context);
    } catch (error) {
      if (policy.mode === 'optional' && error instanceof MissingTokenError) return this.letNobodyPass(context);
      return this.refuse(error, context);
    }
  }

  /** Where the token of a call is. Subclasses may look elsewhere; `getRequest` of the module's options does it for all. */
  protected getRequest(context: ExecutionContext): RequestHead {
    return (this.settings.getRequest ?? requestOf)(context);
  }

  private async await(accepted: Promise<Auth>, policy: AccessPolicy, context: ExecutionContext): Promise<boolean> {
    let auth: Auth;
    try {
      auth = await accepted;
    } catch (error) {
      return this.refuse(error, context);
    }
    return this.letPass(auth, policy, context);
  }

  private letPass(auth: Auth, policy: AccessPolicy, context: ExecutionContext): boolean | Promise<boolean> {
    const record = recordOfRequest(context);
    record.protection = this.protection;
    record.verified = auth;
    record.isGraphql ||= context.getType<string>() === 'graphql';
    try {
      for (const rule of policy.rules) rule(auth);
      admit(context, auth);
    } catch (error) {
      return this.refuse(error, context);
    }
    if (policy.checks.length === 0) return keepPassed(this, this.protection, context, auth);
    return checkRequest(auth, policy, context, this.settings).then(
      () => keepPassed(this, this.protection, context, auth),
      (error) => this.refuse(error, context),
    );
  }

  /** Whoever an earlier guard found does not count any more. */
  private letNobodyPass(context: ExecutionContext): true {
    admit(context, undefined);
    return true;
  }

  /** Anything but an error of the core is a bug, and propagates. */
  private async refuse(error: unknown, context: ExecutionContext): Promise<never> {
    admit(context, undefined);
    const record = recordOfHttp(context);
    if (record !== undefined) {
      record.refusal = error;
      record.isGraphql ||= context.getType<string>() === 'graphql';
    }
    throw isAuthError(error) ? await exceptionFor(error, context, this.settings.challenge) : error;
  }
}
