import { type ErrorHandlerOptions } from '@connect-auth/core';
import { type ErrorHandlerSettings, resolveErrorHandler } from '@connect-auth/core/adapter';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, Optional } from '@nestjs/common';
import { catchError } from 'rxjs';
import { recordOfHttp, recordOfRequest } from '../request/record-of.js';
import { exceptionFor } from './exception-for.js';

/**
 * Answers the errors of this suite that handlers and services throw, by `crossOrg()` or by `requireScopes(auth, …)` of
 * the core, and those that `refusalOf` reads as one: with an `AuthException`, or its equivalent for GraphQL and
 * messages. All other errors pass through. Challenges name what the module's challenges name, unless told otherwise.
 * Not needed for errors thrown by guards. Does not see errors thrown by a loader of `@OrgOwned`, which runs earlier.
 *
 * `{ provide: APP_INTERCEPTOR, useValue: new AuthErrorInterceptor({ refusalOf: orgRefusalOf }) }`
 *
 * @throws ConfigurationError if a setting cannot stand in a header, or does not exist
 */
@Injectable()
export class AuthErrorInterceptor implements NestInterceptor {
  private readonly settings: ErrorHandlerSettings;

  constructor(@Optional() options: ErrorHandlerOptions = {}) {
    this.settings = resolveErrorHandler(options);
  }

  intercept(context: ExecutionContext, next: CallHandler): ReturnType<CallHandler['handle']> {
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        const refusal = this.settings.read(error);
        if (refusal === undefined) throw error;
        const record = recordOfHttp(context);
        if (record !== undefined) record.refusal = refusal;
        const own = recordOfRequest(context).protection?.challenge;
        throw await exceptionFor(refusal, context, { ...own, ...this.settings.challenge });
      }),
    );
  }
}
