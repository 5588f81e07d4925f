import { HttpException } from '@nestjs/common';
import { isUnavailable, isUnstorable } from '../storage/storage-failure.js';
import { ManagementError } from './management-error.js';

const retryAfterSeconds = 5;

/** What a caller hears of an error: who is to blame, and no more. */
export function toManagementError(error: unknown): ManagementError {
  if (error instanceof ManagementError) return error;
  if (isHttpException(error)) return ofGuard(error);
  if (isUnstorable(error)) {
    return new ManagementError(422, 'invalid_request_parameters', 'The request holds a character that cannot be kept.');
  }
  if (isUnavailable(error)) {
    const message = 'The server cannot reach what it needs.';
    return new ManagementError(503, 'temporarily_unavailable', message, undefined, retryAfterSeconds);
  }
  return new ManagementError(500, 'internal_error', 'Something went wrong.');
}

/** By its methods: an application may have another copy of Nest. */
const isHttpException = (error: unknown): error is HttpException =>
  error instanceof HttpException || typeof (error as HttpException | undefined)?.getStatus === 'function';

/** What a guard of the application's threw, or its plain no. */
function ofGuard(error: HttpException): ManagementError {
  const status = error.getStatus();
  return new ManagementError(status, status === 401 ? 'unauthorized' : 'forbidden', error.message);
}
