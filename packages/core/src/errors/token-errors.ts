import { AuthError } from './auth-error.js';
import {
  type InvalidRequestReason,
  type InvalidTokenReason,
  invalidRequestReasons,
  invalidTokenReasons,
  missingTokenReasons,
} from './reasons.js';

/** The request has no credentials: 401 with a challenge that names no error (RFC 6750 §3.1). */
export class MissingTokenError extends AuthError {
  readonly name = 'MissingTokenError';
  readonly code = 'AUTH_MISSING_TOKEN';
  readonly status = 401;
  readonly reason = 'missing';
  readonly error = undefined;
  readonly description = 'This resource requires a Bearer access token in the Authorization header';

  constructor() {
    super(missingTokenReasons.missing);
  }
}

/** The request breaks the rules for Bearer tokens: 400 `invalid_request` (RFC 6750 §3.1). */
export class InvalidRequestError extends AuthError {
  readonly name = 'InvalidRequestError';
  readonly code = 'AUTH_INVALID_REQUEST';
  readonly status = 400;
  readonly error = 'invalid_request';
  readonly description = 'The request must carry exactly one well-formed Bearer token, in the Authorization header';

  constructor(readonly reason: InvalidRequestReason) {
    super(invalidRequestReasons[reason]);
  }
}

/** The token is not good: 401 `invalid_token` (RFC 6750 §3.1). */
export class InvalidTokenError extends AuthError {
  readonly name = 'InvalidTokenError';
  readonly code = 'AUTH_INVALID_TOKEN';
  readonly status = 401;
  readonly error = 'invalid_token';
  readonly description = 'The access token is not valid';

  /**
   * @param reason the check that refused the token
   * @param detail a fixed text with more detail for the operator, such as the name of a claim; never a value from the token
   */
  constructor(
    readonly reason: InvalidTokenReason,
    detail?: string,
    options?: { cause?: unknown },
  ) {
    super(detail === undefined ? invalidTokenReasons[reason] : `${invalidTokenReasons[reason]} (${detail})`, options);
  }
}
