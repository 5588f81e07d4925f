import type { Response } from 'supertest';

/** All that an answer tells its caller of a query. `undefined`: the header, or the member, is not there. */
export function answerOf({ status, headers, text }: Response) {
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: readonly GraphqlError[] };
  return {
    status,
    challenge: headers['www-authenticate'] as string | undefined,
    retryAfter: headers['retry-after'] as string | undefined,
    cacheControl: headers['cache-control'] as string | undefined,
    data,
    errors,
  };
}

interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly unknown[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A refusal of one field, but for where it stands in the query. */
interface Refusal {
  readonly message: string;
  readonly extensions: {
    readonly code: string;
    readonly status: number;
    readonly error?: string;
    readonly challenge?: string;
    readonly retryAfterSeconds?: number;
  };
}

const refusal = (
  message: string,
  code: string,
  status: number,
  more: Omit<Refusal['extensions'], 'code' | 'status'>,
): Refusal => ({ message, extensions: { code, status, ...more } });

const named = (message: string, code: string, status: number, error: string, scopeParameter = ''): Refusal =>
  refusal(message, code, status, {
    error,
    challenge: `Bearer realm="api", error="${error}", error_description="${message}"${scopeParameter}`,
  });

export const missingToken = refusal(
  'This resource requires a Bearer access token in the Authorization header',
  'UNAUTHENTICATED',
  401,
  { challenge: 'Bearer realm="api"' },
);
export const invalidRequest = named(
  'The request must carry exactly one well-formed Bearer token, in the Authorization header',
  'BAD_REQUEST',
  400,
  'invalid_request',
);
export const invalidToken = named('The access token is not valid', 'UNAUTHENTICATED', 401, 'invalid_token');
export const insufficientScope = (scope: string) =>
  named(
    'The access token was not granted the scope that this resource requires',
    'FORBIDDEN',
    403,
    'insufficient_scope',
    `, scope="${scope}"`,
  );
export const orgRequired = named(
  'The access token does not act for the organization that this resource requires',
  'FORBIDDEN',
  403,
  'insufficient_scope',
);
export const issuerUnavailable = (retryAfterSeconds: number) =>
  refusal('Access tokens cannot be verified at the moment', 'SERVICE_UNAVAILABLE', 503, { retryAfterSeconds });

/** The refusal as it is told of a field. */
export const at = (refused: Refusal, path: string, column = 3) => ({
  ...refused,
  path: [path],
  locations: [{ line: 1, column }],
});

/** The whole answer to a query of one field that was refused. */
export const refusedAnswer = (refused: Refusal, path: string) => ({
  status: 200,
  challenge: refused.extensions.challenge,
  retryAfter:
    refused.extensions.retryAfterSeconds === undefined ? undefined : String(refused.extensions.retryAfterSeconds),
  cacheControl: 'no-store',
  data: null,
  errors: [at(refused, path)],
});
