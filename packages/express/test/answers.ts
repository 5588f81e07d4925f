import type { Response } from 'supertest';

/** All that an answer tells its caller. `undefined`: the header is not there. */
export function answerOf({ status, headers, text }: Response) {
  const contentType: string | undefined = headers['content-type'];
  return {
    status,
    contentType,
    cacheControl: headers['cache-control'] as string | undefined,
    challenge: headers['www-authenticate'] as string | undefined,
    retryAfter: headers['retry-after'] as string | undefined,
    body: text && contentType?.includes('json') ? (JSON.parse(text) as unknown) : text,
  };
}

export type Answer = ReturnType<typeof answerOf>;

export function refusal(status: number, title: string, detail: string, more: Partial<Answer>, error?: string): Answer {
  const problem = { type: 'about:blank', title, status, detail };
  return {
    status,
    contentType: 'application/problem+json; charset=utf-8',
    cacheControl: 'no-store',
    challenge: undefined,
    retryAfter: undefined,
    body: error === undefined ? problem : { ...problem, error, error_description: detail },
    ...more,
  };
}

export const missingToken = refusal(
  401,
  'Unauthorized',
  'This resource requires a Bearer access token in the Authorization header',
  { challenge: 'Bearer realm="api"' },
);

const oneToken = 'The request must carry exactly one well-formed Bearer token, in the Authorization header';
export const invalidRequest = refusal(
  400,
  'Bad Request',
  oneToken,
  { challenge: `Bearer realm="api", error="invalid_request", error_description="${oneToken}"` },
  'invalid_request',
);

export const invalidToken = refusal(
  401,
  'Unauthorized',
  'The access token is not valid',
  { challenge: 'Bearer realm="api", error="invalid_token", error_description="The access token is not valid"' },
  'invalid_token',
);

/** @param scopeParameter what the challenge adds, from the comma on */
export const forbidden = (detail: string, scopeParameter = '') =>
  refusal(
    403,
    'Forbidden',
    detail,
    { challenge: `Bearer realm="api", error="insufficient_scope", error_description="${detail}"${scopeParameter}` },
    'insufficient_scope',
  );

export const insufficientScope = (scope: string) =>
  forbidden('The access token was not granted the scope that this resource requires', `, scope="${scope}"`);

export const wrongActor = forbidden('The access token does not act for the kind of actor that this resource requires');

export const orgRequired = forbidden('The access token does not act for the organization that this resource requires');

export const issuerUnavailable = (retryAfter: string) =>
  refusal(503, 'Service Unavailable', 'Access tokens cannot be verified at the moment', { retryAfter });

/** What `errorKeeper` answers. */
export const kept: Answer = {
  status: 500,
  contentType: 'text/plain; charset=utf-8',
  cacheControl: undefined,
  challenge: undefined,
  retryAfter: undefined,
  body: 'kept',
};

/** The same answer to a HEAD request. */
export const withoutBody = (answer: Answer): Answer => ({ ...answer, body: undefined as never });
