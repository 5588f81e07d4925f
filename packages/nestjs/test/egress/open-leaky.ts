import type { CallHandler, NestInterceptor, Type } from '@nestjs/common';
import { of, tap } from 'rxjs';
import { type EgressOptions, OrgEgressInterceptor } from '../../src/index.js';
import { type Answer, nestVersion } from '../answers.js';
import type { OpenIssuer } from '../open-issuer.js';
import type { NestSetup, openNest, Platform } from '../open-nest.js';
import { openControllers } from '../organization/open-controllers.js';

const detail = 'The answer was not sent';
const title = 'Internal Server Error';

/** What is told of an answer that held another organization's data. */
export const leakBlocked: Answer = {
  status: 500,
  contentType: 'application/problem+json; charset=utf-8',
  cacheControl: 'no-store',
  challenge: undefined,
  retryAfter: undefined,
  body: { type: 'about:blank', title, status: 500, detail, error: 'org_leak_blocked' },
};

/** The name of its type on the wire: see answer/content-type.test.ts. */
export const problemType = (platform: Platform): string =>
  `application/${platform === 'Express' && nestVersion === 11 ? 'json' : 'problem+json'}; charset=utf-8`;

type App = Awaited<ReturnType<typeof openNest>>['app'];

/** An application that looks through its answers, outermost, and has other interceptors within. */
export const openLeaky = (
  platform: Platform,
  world: OpenIssuer,
  controllers: Type[],
  options: EgressOptions = {},
  { inner = [], ...setup }: NestSetup & { readonly inner?: readonly NestInterceptor[] } = {},
) =>
  openControllers(platform, world, controllers, {
    global: true,
    ...setup,
    prepare: async (app: App) => {
      app.useGlobalInterceptors(new OrgEgressInterceptor(options), ...inner);
      await setup.prepare?.(app);
    },
  });

/** Keeps the first answer, and gives it to everybody: it forgets whose it is. */
export class CachingInterceptor implements NestInterceptor {
  private readonly kept = new Map<string, unknown>();

  intercept(context: Parameters<NestInterceptor['intercept']>[0], next: CallHandler) {
    const { url } = context.switchToHttp().getRequest<{ url: string }>();
    if (this.kept.has(url)) return of(this.kept.get(url));
    return next.handle().pipe(tap((answer) => this.kept.set(url, answer)));
  }
}
