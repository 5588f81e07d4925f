import type { Response } from 'supertest';

/** All that an answer tells its caller. `undefined`: the header is not there. */
export const answerOf = ({ status, headers, text }: Response) => ({
  status,
  challenge: headers['www-authenticate'] as string | undefined,
  retryAfter: headers['retry-after'] as string | undefined,
  body: text,
});

type Answer = ReturnType<typeof answerOf>;

const answer = (status: number, body: string, more: Partial<Answer> = {}): Answer => ({
  status,
  challenge: undefined,
  retryAfter: undefined,
  body,
  ...more,
});

export const reachedAnswer = answer(200, 'reached');

export const missingToken = answer(401, 'Unauthorized', { challenge: 'Bearer realm="api"' });

export const invalidToken = answer(401, 'Unauthorized', {
  challenge: 'Bearer realm="api", error="invalid_token", error_description="The access token is not valid"',
});

const oneToken = 'The request must carry exactly one well-formed Bearer token, in the Authorization header';
export const invalidRequest = answer(400, 'Bad Request', {
  challenge: `Bearer realm="api", error="invalid_request", error_description="${oneToken}"`,
});

/** As the error handler of the tests words it. */
export const issuerUnavailable = (retryAfter: string) => answer(503, 'kept', { retryAfter });

/** The same, for anything that is a bug. */
export const broken = answer(500, 'kept');

/** All that passport-jwt ever says. */
export const bareRefusal = answer(401, 'Unauthorized');
