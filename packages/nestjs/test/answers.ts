import { createRequire } from 'node:module';
import type { Response } from 'supertest';
import { type Answer, answerOf as wholeAnswerOf } from '../../express/test/answers.js';

export {
  type Answer,
  insufficientScope,
  invalidRequest,
  invalidToken,
  issuerUnavailable,
  missingToken,
  orgRequired,
  withoutBody,
  wrongActor,
} from '../../express/test/answers.js';

/** The major version that these tests run with: jest.config.ts has two projects for them. */
export const nestVersion = Number.parseInt(createRequire(import.meta.url)('@nestjs/core/package.json').version, 10);

/**
 * All that an answer tells its caller. Nest 11 on Express calls the body of every error `application/json`, whatever the
 * headers say: see answer/content-type.test.ts. That is overlooked here, so that one table of answers does for all.
 */
export function answerOf(response: Response): Answer {
  const answer = wholeAnswerOf(response);
  const isRefusal = isProblem(answer.body) || (answer.body === undefined && answer.status >= 400);
  const isRelabelled = nestVersion === 11 && response.headers['x-powered-by'] === 'Express' && isRefusal;
  return isRelabelled ? { ...answer, contentType: problemType } : answer;
}

const problemType = 'application/problem+json; charset=utf-8';
const isProblem = (body: unknown) => (body as { type?: unknown } | null | undefined)?.type === 'about:blank';

/** What Nest answers to an error that it does not know: nothing of it. */
export const serverError: Answer = {
  status: 500,
  contentType: 'application/json; charset=utf-8',
  cacheControl: undefined,
  challenge: undefined,
  retryAfter: undefined,
  body: { statusCode: 500, message: 'Internal server error' },
};

/** The same answer with another realm in its challenge. */
export const inRealm = (realm: string, answer: Answer): Answer => ({
  ...answer,
  challenge: answer.challenge?.replace('realm="api"', `realm="${realm}"`),
});
