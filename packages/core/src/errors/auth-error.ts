/** The error codes that go over the wire (RFC 6750 §3.1). */
export type BearerErrorCode = 'invalid_request' | 'invalid_token' | 'insufficient_scope';

/** Works across two copies of this package in one process, and across the realms of a test runner; `instanceof` does not. */
export const authErrorMark: unique symbol = Symbol.for('@connect-auth/core.AuthError') as never;

/**
 * A request that was refused. `message`, `code`, `reason` and `cause` are for the operator's log; the caller only sees
 * `status`, `error` and `description`. No text in it holds a token, a header or the value of a claim.
 */
export abstract class AuthError extends Error {
  /** The name of the class, even if a minifier has renamed the class. */
  abstract override readonly name: string;
  /** A constant of the class, for `switch`: see `AnyAuthError`. */
  abstract readonly code: string;
  /** The HTTP status: 401 blames the token, 403 the permission, 400, 415 and 422 the request, 503 this side. */
  abstract readonly status: number;
  /** The cause in detail, for logs, metrics and `switch`. */
  abstract readonly reason: string;
  /** The `error` of the challenge; undefined where RFC 6750 §3.1 wants a challenge without one. */
  abstract readonly error: BearerErrorCode | undefined;
  /** The generic text for the wire, in the characters that RFC 6750 §3 allows in `error_description`. */
  abstract readonly description: string;
  /** When to try again, in whole seconds; sent as `Retry-After` (RFC 9110 §10.2.3). */
  readonly retryAfterSeconds: number | undefined;
  /** The scopes that would have been sufficient; named in the challenge (RFC 6750 §3). */
  readonly requiredScopes: readonly string[] | undefined;

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    Object.defineProperty(this, authErrorMark, { value: true });
  }
}
