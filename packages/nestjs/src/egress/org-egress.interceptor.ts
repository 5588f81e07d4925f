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
 * Looks through what handlers return or throw, before it becomes JSON, and answers 500 `org_leak_blocked` where it holds
 * data of another organization, wherever that came from: a cache, a search index, another service. Put it outermost, in
 * front of interceptors that cache: `app.useGlobalInterceptors(new OrgEgressInterceptor())`.
 *
 * It says `Cache-Control: private` and `Vary: Authorization`, too, so that a cache on the way keeps the answer to its
 * caller; a handler that says `public` is believed.
 *
 * JSON that was made earlier, as text or bytes, is read again. It does NOT see what a handler sends itself through
 * `@Res()`, nor what becomes bytes only later: a `StreamableFile`, a stream, a `Response` of the Fetch API.
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
    // Of whoever asks. What is emitted later, to all who listen, is emitted in the frame of another.
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

/** A text that is JSON, by itself or as the data of an event, as what it says. */
function jsonIn(answer: unknown): unknown {
  if (typeof answer === 'string' || ArrayBuffer.isView(answer)) return readSentJson(answer, '');
  const data = typeof answer === 'object' && answer !== null ? (answer as { data?: unknown }).data : undefined;
  return typeof data === 'string' ? [answer, readSentJson(data, '')] : answer;
}
