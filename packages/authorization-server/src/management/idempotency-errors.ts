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

/** An answer that another caller could hear would be worse than none. */
export function unnamedCaller(): ManagementError {
  return new ManagementError(
    422,
    'idempotency_key_not_supported',
    'An Idempotency-Key needs a caller who can be told from others.',
  );
}
