import { AuthError } from './auth-error.js';
import { type IssuerUnavailableReason, issuerUnavailableReasons } from './reasons.js';

/**
 * The issuer could not be reached, so it is unknown whether the token is good: 503 with `Retry-After` and no challenge. A
 * 401 here would make every client discard a good token and request another from the ailing issuer.
 */
export class IssuerUnavailableError extends AuthError {
  readonly name = 'IssuerUnavailableError';
  readonly code = 'AUTH_ISSUER_UNAVAILABLE';
  readonly status = 503;
  readonly error = undefined;
  readonly description = 'Access tokens cannot be verified at the moment';

  /**
   * @param reason what could not be fetched
   * @param retryAfterSeconds when to try again, in whole seconds, at least 1
   */
  constructor(
    readonly reason: IssuerUnavailableReason,
    override readonly retryAfterSeconds: number,
    options?: { cause?: unknown },
  ) {
    super(issuerUnavailableReasons[reason], options);
  }
}
