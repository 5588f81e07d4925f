import type { AuthError, Challenge } from '@connect-auth/core';
import { HttpException } from '@nestjs/common';

/**
 * A refusal of a call over HTTP or GraphQL: a Nest `HttpException`, so that the application's own filters see it. The
 * headers of the challenge are already set on the response; `getResponse()` is the problem (RFC 9457).
 */
export class AuthException extends HttpException {
  override readonly name = 'AuthException';
  /** Details for GraphQL clients beside the message: graphql-js copies `extensions` from the error thrown. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    /** The core's error: its `reason` and `cause` are for the log, not for the caller. */
    readonly authError: AuthError,
    readonly challenge: Challenge,
  ) {
    super({ ...challenge.body }, challenge.status, { cause: authError });
    this.message = challenge.body.detail;
    this.extensions = toExtensions(challenge);
    // The stack would always be the same, and Apollo sends it to its clients outside of production.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** The codes that GraphQL clients know from Apollo. */
const codes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  503: 'SERVICE_UNAVAILABLE',
};

function toExtensions({ status, headers, body }: Challenge): Record<string, unknown> {
  return {
    code: codes[status] ?? 'INTERNAL_SERVER_ERROR',
    status,
    ...(body.error !== undefined && { error: body.error }),
    ...(headers['WWW-Authenticate'] !== undefined && { challenge: headers['WWW-Authenticate'] }),
    ...(headers['Retry-After'] !== undefined && { retryAfterSeconds: Number(headers['Retry-After']) }),
  };
}
