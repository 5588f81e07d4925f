import { contentHeaders } from '@connect-auth/isolation/adapter';
import type { ExecutionContext } from '@nestjs/common';

/** A response of Express, or a reply of Fastify. */
interface Answer {
  readonly raw?: unknown;
  readonly headersSent?: boolean;
  readonly sent?: boolean;
  getHeaders?(): object;
  removeHeader?(name: string): unknown;
}

/** The names of the headers that an answer has so far. */
export const headersOf = (context: ExecutionContext): ReadonlySet<string> =>
  new Set(Object.keys(answerOf(context).getHeaders?.() ?? {}));

/** Takes away the headers that came since, or say something of the content: that is not sent. */
export function removeHeadersSince(earlier: ReadonlySet<string>, context: ExecutionContext): void {
  const answer = answerOf(context);
  if (answer.headersSent === true || answer.sent === true) return;
  for (const name of headersOf(context)) {
    if (!earlier.has(name) || contentHeaders.includes(name)) answer.removeHeader?.(name);
  }
}

const answerOf = (context: ExecutionContext): Answer => context.switchToHttp().getResponse<Answer>();
