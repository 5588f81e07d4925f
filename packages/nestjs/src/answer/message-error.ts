import type { Challenge } from '@connect-auth/core';

/**
 * A refusal as sent to clients of gateways and microservices: in the shape of Nest's own errors there, with more
 * fields.
 */
export interface MessageError {
  readonly status: 'error';
  readonly message: string;
  /** The status that the answer would have over HTTP. */
  readonly statusCode: number;
  /** The status code of gRPC, which gRPC clients receive as such. */
  readonly code: number;
  /** The error code of RFC 6750. */
  readonly error?: string;
  /** The value that `WWW-Authenticate` would have. */
  readonly challenge?: string;
  readonly retryAfterSeconds?: number;
}

/** The error that Nest sends these clients for a bug. */
export const internalError = { status: 'error', message: 'Internal server error' } as const;
export type InternalError = typeof internalError;

/** INVALID_ARGUMENT, UNAUTHENTICATED, PERMISSION_DENIED, NOT_FOUND, FAILED_PRECONDITION, UNAVAILABLE */
const grpcCodes: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 404: 5, 422: 9, 503: 14 };
const grpcUnknown = 2;

export function toMessageError({ status, headers, body }: Challenge): MessageError {
  return {
    status: 'error',
    message: body.detail,
    statusCode: status,
    code: grpcCodes[status] ?? grpcUnknown,
    ...(body.error !== undefined && { error: body.error }),
    ...(headers['WWW-Authenticate'] !== undefined && { challenge: headers['WWW-Authenticate'] }),
    ...(headers['Retry-After'] !== undefined && { retryAfterSeconds: Number(headers['Retry-After']) }),
  };
}
