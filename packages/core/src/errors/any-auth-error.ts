import { authErrorMark } from './auth-error.js';
import type { IssuerUnavailableError } from './issuer-unavailable-error.js';
import type { ActorForbiddenError, InsufficientScopeError, OrgForbiddenError } from './permission-errors.js';
import type { InvalidRequestError, InvalidTokenError, MissingTokenError } from './token-errors.js';

/**
 * The errors of this package that refuse a request: `switch (error.code)` narrows to the class. Another package that
 * extends `AuthError` has codes of its own, so keep a `default`.
 */
export type AnyAuthError =
  | MissingTokenError
  | InvalidRequestError
  | InvalidTokenError
  | InsufficientScopeError
  | ActorForbiddenError
  | OrgForbiddenError
  | IssuerUnavailableError;

/** Whether `value` is an `AuthError`, whichever copy of the package made it. */
export function isAuthError(value: unknown): value is AnyAuthError {
  return typeof value === 'object' && value !== null && authErrorMark in value;
}
