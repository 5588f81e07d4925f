import { AuthError } from '@connect-auth/core';

/**
 * The request has a body that nothing has read, so that nobody can tell whether it names another organization: 415 (RFC
 * 9110 §15.5.16). It is up to the caller to send a type that the application accepts.
 */
export class UnreadBodyError extends AuthError {
  readonly name = 'UnreadBodyError';
  readonly code = 'AUTH_UNREAD_BODY';
  readonly status = 415;
  readonly reason = 'unread_body';
  readonly error = undefined;
  readonly description = 'The body is of a type that this resource does not read';

  constructor() {
    super('A check of the body found one that no parser before it has read.');
  }
}
