import { setImmediate } from 'node:timers/promises';
import { ConfigurationError } from '@connect-auth/core';
import {
  type ArgumentsHost,
  type CallHandler,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  Scope,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { from, switchMap } from 'rxjs';
import { currentAuth } from '../../src/index.js';

/** Who is the caller, as code sees it that knows nothing of requests. */
export const org = () => {
  try {
    return currentAuth().orgId;
  } catch (error) {
    return error instanceof ConfigurationError ? 'nobody' : error;
  }
};

/** Asks after every kind of wait. */
@Injectable()
export class Projects {
  async owners(): Promise<unknown[]> {
    const seen: unknown[] = [org()];
    await null;
    seen.push(org());
    await setImmediate();
    seen.push(org());
    seen.push(await new Promise((resolve) => setTimeout(() => resolve(org()), 0)));
    seen.push(await new Promise((resolve) => process.nextTick(() => resolve(org()))));
    seen.push(...(await Promise.all([1, 2].map(async () => org()))));
    return seen;
  }
}

@Injectable({ scope: Scope.REQUEST })
export class ScopedProjects extends Projects {}

@Injectable()
export class OrgInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    const before = org();
    return next.handle().pipe(
      switchMap((inside: object) =>
        from(
          (async () => {
            await null;
            return { ...inside, before, after: org() };
          })(),
        ),
      ),
    );
  }
}

@Catch(RangeError)
export class OrgFilter implements ExceptionFilter {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  async catch(error: RangeError, host: ArgumentsHost) {
    const [seen] = [org(), await null];
    this.host.httpAdapter.reply(host.switchToHttp().getResponse(), { message: error.message, seen, later: org() }, 418);
  }
}
