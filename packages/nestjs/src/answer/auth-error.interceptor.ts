import { type ErrorHandlerOptions } from '@connect-auth/core';
import { type ErrorHandlerSettings, resolveErrorHandler } from '@connect-auth/core/adapter';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, Optional } from '@nestjs/common';
import { catchError } from 'rxjs';
import { recordOfHttp, recordOfRequest } from '../request/record-of.js';
import { exceptionFor } from './exception-for.js';

/**
 * Answers the errors of this suite that handlers and services throw, by `crossOrg()` or by `requireScopes(auth, …)` of the
 * core, and those that `refusalOf` reads as one: as an `AuthException`, or its like for GraphQL and messages. All other
 * errors go on. Challenges name what the module's do, unless told. What guards refuse needs it not; what a loader of
 * `@OrgOwned` throws comes before it.
 *
 * `{ provide: APP_INTERCEPTOR, useValue: new AuthErrorInterceptor({ refusalOf: orgRefusalOf }) }`
 *
 * @throws ConfigurationError if a setting cannot stand in a header, or is none
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
