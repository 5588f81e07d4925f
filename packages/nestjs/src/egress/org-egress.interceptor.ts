import { checkKnown } from '@connect-auth/core';
import {
  createEgressCheck,
  type EgressCheck,
  type EgressOptions,
  keepRefusal,
  OrgLeakError,
} from '@connect-auth/isolation';
import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
  Optional,
  StreamableFile,
} from '@nestjs/common';
import { map } from 'rxjs';
import { setHeaders } from '../answer/set-headers.js';
import { mayCross } from '../organization/org-cross.decorator.js';
import { rawRequest } from '../request/http-request.js';
import { keepPrivate } from './keep-private.js';

/**
 * Looks through what handlers return, before it becomes JSON, and answers 500 `org_leak_blocked` where it holds data of
 * another organization, wherever that came from: a cache, a search index, another service. Put it outermost, in front of
 * interceptors that cache: `app.useGlobalInterceptors(new OrgEgressInterceptor())`.
 *
 * It says `Cache-Control: private` and `Vary: Authorization`, too, so that a cache on the way keeps the answer to its
 * caller; a handler that says `public` is believed.
 *
 * It does NOT see what a handler sends itself, through `@Res()`, nor the bytes of a `StreamableFile`.
 *
 * @throws ConfigurationError naming the option
 */
@Injectable()
export class OrgEgressInterceptor implements NestInterceptor {
  private readonly check: EgressCheck;

  constructor(@Optional() options: EgressOptions = {}) {
    checkKnown('', options, ['mode', 'except', 'onLeak']);
    this.check = createEgressCheck(options);
  }

  intercept(context: ExecutionContext, next: CallHandler): ReturnType<CallHandler['handle']> {
    if (context.getType() === 'http') keepPrivate(context.switchToHttp().getResponse());
    return next.handle().pipe(
      map((answer: unknown) => {
        if (answer instanceof StreamableFile || mayAnswerForAll(context)) return answer;
        this.lookAt(answer, context);
        return answer;
      }),
    );
  }

  private lookAt(answer: unknown, context: ExecutionContext): void {
    try {
      this.check(answer);
    } catch (error) {
      if (!(error instanceof OrgLeakError) || context.getType() !== 'http') throw error;
      keepRefusal(rawRequest(context.switchToHttp().getRequest<object>()), error);
      const headers = { 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store' };
      setHeaders(context.switchToHttp().getResponse(), { status: 500, headers, body: leakProblem });
      throw new HttpException({ ...leakProblem }, 500, { cause: error });
    }
  }
}

const mayAnswerForAll = (context: ExecutionContext): boolean =>
  context.getType() === 'http' && mayCross(context.switchToHttp().getRequest<object>());

/** What the caller is told (RFC 9457), whatever it was. */
const leakProblem = {
  type: 'about:blank',
  title: 'Internal Server Error',
  status: 500,
  detail: 'The answer was not sent',
  error: 'org_leak_blocked',
} as const;
