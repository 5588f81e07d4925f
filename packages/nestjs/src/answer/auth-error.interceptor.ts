import {
  type AuthError,
  type ChallengeSettings,
  ConfigurationError,
  checkKnown,
  isAuthError,
  MissingTokenError,
  toChallenge,
} from '@connect-auth/core';
import { keepRefusal } from '@connect-auth/isolation';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, Optional } from '@nestjs/common';
import { catchError } from 'rxjs';
import { requestOnRecord } from '../audit/watched-requests.js';
import { exceptionFor } from './exception-for.js';

export interface AuthErrorInterceptorOptions extends ChallengeSettings {
  /**
   * Reads an error of the application as the refusal that it means; undefined for one that means none. `orgRefusalOf` of
   * `@connect-auth/postgres` does so for errors of the wall and of foreign keys. Default: none means one.
   */
  readonly refusalOf?: (error: unknown) => AuthError | undefined;
}

/**
 * Answers the errors of this suite that handlers and services throw, by `crossOrg()` or by `requireScopes(auth, …)` of the
 * core, and those that `refusalOf` reads as one: as an `AuthException`, or its like for GraphQL and messages. All other
 * errors go on. What guards refuse needs it not.
 *
 * `{ provide: APP_INTERCEPTOR, useValue: new AuthErrorInterceptor({ refusalOf: orgRefusalOf }) }`
 *
 * @throws ConfigurationError if a setting cannot stand in a header, or is none
 */
@Injectable()
export class AuthErrorInterceptor implements NestInterceptor {
  private readonly settings: ChallengeSettings;
  private readonly refusalOf: NonNullable<AuthErrorInterceptorOptions['refusalOf']>;

  constructor(@Optional() options: AuthErrorInterceptorOptions = {}) {
    checkKnown('', options, ['realm', 'resourceMetadata', 'refusalOf']);
    const { refusalOf = () => undefined, ...settings } = options;
    if (typeof refusalOf !== 'function') throw new ConfigurationError('refusalOf', 'must be a function');
    toChallenge(new MissingTokenError(), settings); // What cannot stand in a header shows now.
    this.settings = settings;
    this.refusalOf = refusalOf;
  }

  intercept(context: ExecutionContext, next: CallHandler): ReturnType<CallHandler['handle']> {
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        const refusal = isAuthError(error) ? error : this.refusalOf(error);
        if (refusal === undefined) throw error;
        keepRefusal(requestOnRecord(context), refusal);
        throw await exceptionFor(refusal, context, this.settings);
      }),
    );
  }
}
