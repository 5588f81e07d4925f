import {
  createEgressCheck,
  type EgressCheck,
  type EgressOptions,
  findCurrentOrg,
  OrgLeakError,
} from '@connect-auth/isolation';
import { readSentJson } from '@connect-auth/isolation/adapter';
import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
  Optional,
  StreamableFile,
} from '@nestjs/common';
import { catchError, map } from 'rxjs';
import { recordOfCall } from '../request/record-of.js';
import { keepPrivate } from './keep-private.js';
import { leakException } from './leak-exception.js';
import { headersOf } from './response-headers.js';

/**
 * Searches what handlers return or throw, before it becomes JSON, and answers 500 `org_leak_blocked` if it holds data
 * of another organization, whatever its source: a cache, a search index, another service. Put it outermost, in front of
 * interceptors that cache: `app.useGlobalInterceptors(new OrgEgressInterceptor())`.
 *
 * Also sets `Cache-Control: private` and `Vary: Authorization`, so that a cache on the way keeps the answer to its
 * caller; a handler that says `public` is trusted.
 *
 * JSON that is already text or bytes is parsed again. It does NOT see what a handler sends itself through `@Res()`, nor
 * what becomes bytes only later: a `StreamableFile`, a stream, a `Response` of the Fetch API.
 *
 * @throws ConfigurationError naming the option
 */
@Injectable()
export class OrgEgressInterceptor implements NestInterceptor {
  private readonly check: EgressCheck;

  constructor(@Optional() options: EgressOptions = {}) {
    this.check = createEgressCheck(options);
  }

  intercept(context: ExecutionContext, next: CallHandler): ReturnType<CallHandler['handle']> {
    const isHttp = context.getType() === 'http';
    if (isHttp) keepPrivate(context.switchToHttp().getResponse());
    const earlier = isHttp ? headersOf(context) : undefined;
    // Read now, for this caller: a value emitted later, to all subscribers, is emitted in the frame of another request.
    const record = recordOfCall(context);
    const orgId = record.caller?.orgId ?? findCurrentOrg();
    const lookAt = (answer: unknown): void => {
      if (answer instanceof StreamableFile || record.crossesOrgs) return;
      try {
        this.check(jsonIn(answer), orgId);
      } catch (error) {
        throw error instanceof OrgLeakError && isHttp ? leakException(error, context, earlier) : error;
      }
    };
    return next.handle().pipe(
      map((answer: unknown) => {
        lookAt(answer);
        return answer;
      }),
      catchError((error: unknown) => {
        if (error instanceof HttpException && !(error.cause instanceof OrgLeakError)) lookAt(error.getResponse());
        throw error;
      }),
    );
  }
}

/** Parses text that is JSON, whether it is the answer itself or the data of an event. */
function jsonIn(answer: unknown): unknown {
  if (typeof answer === 'string' || ArrayBuffer.isView(answer)) return readSentJson(answer, '');
  const data = typeof answer === 'object' && answer !== null ? (answer as { data?: unknown }).data : undefined;
  return typeof data === 'string' ? [answer, readSentJson(data, '')] : answer;
}
