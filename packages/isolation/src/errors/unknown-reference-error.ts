import { AuthError } from '@connect-auth/core';

/**
 * The request would write a reference to something that the caller's organization does not have: 422, in the same bytes
 * for another organization's object and for one that does not exist. The token is good, so there is no challenge.
 */
export class UnknownReferenceError extends AuthError {
  readonly name = 'UnknownReferenceError';
  readonly code = 'AUTH_UNKNOWN_REFERENCE';
  readonly status = 422;
  readonly reason = 'unknown_reference';
  readonly error = undefined;
  readonly description = 'The request refers to something that does not exist';

  constructor(options?: { cause?: unknown }) {
    super('A reference leads to nothing that the organization has.', options);
  }
}
