import { AuthError } from './auth-error.js';
import {
  type InvalidRequestReason,
  type InvalidTokenReason,
  invalidRequestReasons,
  invalidTokenReasons,
  missingTokenReasons,
} from './reasons.js';

/** No credentials at all: 401 with a challenge that names no error (RFC 6750 §3.1). */
export class MissingTokenError extends AuthError {
  readonly name = 'MissingTokenError';
  readonly status = 401;
  readonly reason = 'missing';
  readonly error = undefined;
  readonly description = 'This resource requires a Bearer access token in the Authorization header';

  constructor() {
    super(missingTokenReasons.missing);
  }
}

/** The request is not one that a Bearer client may send: 400 `invalid_request` (RFC 6750 §3.1). */
export class InvalidRequestError extends AuthError {
  readonly name = 'InvalidRequestError';
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
  readonly status = 401;
  readonly error = 'invalid_token';
  readonly description = 'The access token is not valid';

  /**
   * @param reason which check refused the token
   * @param detail fixed words that say more to the operator, such as the name of a claim; never a value from the token
   */
  constructor(
    readonly reason: InvalidTokenReason,
    detail?: string,
    options?: { cause?: unknown },
  ) {
    super(detail === undefined ? invalidTokenReasons[reason] : `${invalidTokenReasons[reason]} (${detail})`, options);
  }
}
