import { HttpException } from '@nestjs/common';
import { Refusal, type RefusalReason } from '../errors/refusal.js';
import { isUnavailable, isUnstorable } from '../storage/storage-failure.js';
import { ManagementError } from './management-error.js';

const retryAfterSeconds = 5;

/** WorkOS's response to each reason of a refusal. */
const answers: Readonly<Record<RefusalReason, { readonly status: number; readonly code: string }>> = {
  not_found: { status: 404, code: 'entity_not_found' },
  invalid: { status: 422, code: 'invalid_request_parameters' },
  taken: { status: 422, code: 'invalid_request_parameters' },
  membership_exists: { status: 409, code: 'organization_membership_exists' },
  client_is_public: { status: 422, code: 'client_secrets_not_allowed' },
  too_many_client_secrets: { status: 422, code: 'client_secret_limit_reached' },
};

/** Translates an error into what the caller may know of it: who is to blame, and no more. */
export function toManagementError(error: unknown): ManagementError {
  if (error instanceof ManagementError) return error;
  if (error instanceof Refusal) {
    const { status, code } = answers[error.reason];
    return new ManagementError(status, code, error.message, error.errors);
  }
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

/** Looks at the methods: an application may have another copy of Nest. */
const isHttpException = (error: unknown): error is HttpException =>
  error instanceof HttpException || typeof (error as HttpException | undefined)?.getStatus === 'function';

/** Translates what a guard of the application threw, or Nest's exception for its `false`. */
function ofGuard(error: HttpException): ManagementError {
  const status = error.getStatus();
  return new ManagementError(status, status === 401 ? 'unauthorized' : 'forbidden', error.message);
}
