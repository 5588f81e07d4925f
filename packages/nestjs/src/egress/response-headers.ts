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

/** Returns the names of the headers that a response has so far. */
export const headersOf = (context: ExecutionContext): ReadonlySet<string> =>
  new Set(Object.keys(answerOf(context).getHeaders?.() ?? {}));

/** Removes the headers that were added since, and those that describe the content, because that content is not sent. */
export function removeHeadersSince(earlier: ReadonlySet<string>, context: ExecutionContext): void {
  const answer = answerOf(context);
  if (answer.headersSent === true || answer.sent === true) return;
  for (const name of headersOf(context)) {
    if (!earlier.has(name) || contentHeaders.includes(name)) answer.removeHeader?.(name);
  }
}

const answerOf = (context: ExecutionContext): Answer => context.switchToHttp().getResponse<Answer>();
