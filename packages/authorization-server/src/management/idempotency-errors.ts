import { ManagementError } from './management-error.js';

export function invalidKey(maxLength: number): ManagementError {
  return new ManagementError(
    422,
    'idempotency_key_invalid',
    `An Idempotency-Key must be one value of at most ${maxLength} characters.`,
  );
}

export function conflictingKey(): ManagementError {
  return new ManagementError(
    422,
    'idempotency_key_reused',
    'This Idempotency-Key was used for another request. Send a new key with a new request.',
  );
}

/** For callers who cannot be told apart: one might receive the response meant for another. */
export function unnamedCaller(): ManagementError {
  return new ManagementError(
    422,
    'idempotency_key_not_supported',
    'An Idempotency-Key needs a caller who can be told from others.',
  );
}
