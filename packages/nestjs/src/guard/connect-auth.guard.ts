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
 * Allows calls with a valid access token that meets the requirements of the route's decorators. Behind it, the
 * parameter decorators and `currentAuth()` return the verified caller. Without a decorator, any valid token is enough.
 *
 * @throws AuthException, or its equivalent for GraphQL, WebSockets and microservices, with the core's error as its
 * `cause`
 * @throws ConfigurationError if it does not understand this kind of call, or a verifier resolves to something that is
 * not an Auth
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
   * Answers synchronously if the token is known: a promise and its hop cost a twentieth of a busy route's throughput.
   * An override must `await` the result of this method, since a promise that will reject is not `false`.
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

  /**
   * Returns the head that carries the token of a call. Subclasses may look elsewhere; the module's option `getRequest`
   * does so for all guards.
   */
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

  /** Admits a call without a caller: one that an earlier guard found no longer counts. */
  private letNobodyPass(context: ExecutionContext): true {
    admit(context, undefined);
    return true;
  }

  /** Refuses a call. An error that is not one of the core's is a bug, and propagates unchanged. */
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
