import type { MessageError } from '../../src/index.js';

const refusal = (message: string, statusCode: number, code: number, more: Partial<MessageError>): MessageError => ({
  status: 'error',
  message,
  statusCode,
  code,
  ...more,
});

/** A refusal whose `error` has a name in RFC 6750, where the challenge repeats the message. */
const named = (message: string, statusCode: number, code: number, error: string, scopeParameter = ''): MessageError =>
  refusal(message, statusCode, code, {
    error,
    challenge: `Bearer realm="api", error="${error}", error_description="${message}"${scopeParameter}`,
  });

export const missingToken = refusal(
  'This resource requires a Bearer access token in the Authorization header',
  401,
  16,
  { challenge: 'Bearer realm="api"' },
);

export const invalidRequest = named(
  'The request must carry exactly one well-formed Bearer token, in the Authorization header',
  400,
  3,
  'invalid_request',
);

export const invalidToken = named('The access token is not valid', 401, 16, 'invalid_token');

export const insufficientScope = (scope: string) =>
  named(
    'The access token was not granted the scope that this resource requires',
    403,
    7,
    'insufficient_scope',
    `, scope="${scope}"`,
  );

export const orgRequired = named(
  'The access token does not act for the organization that this resource requires',
  403,
  7,
  'insufficient_scope',
);

export const issuerUnavailable = (retryAfterSeconds: number) =>
  refusal('Access tokens cannot be verified at the moment', 503, 14, { retryAfterSeconds });

/** What Nest tells of anything but a refusal. */
export const internalError = { status: 'error', message: 'Internal server error' };
