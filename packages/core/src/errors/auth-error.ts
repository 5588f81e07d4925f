/** The error codes that go over the wire (RFC 6750 §3.1). */
export type BearerErrorCode = 'invalid_request' | 'invalid_token' | 'insufficient_scope';

/** Survives two copies of this package in one process, and the realms of a test runner, where `instanceof` does not. */
const mark: unique symbol = Symbol.for('@connect-auth/core.AuthError') as never;

/**
 * A request that was not let through. `message`, `reason` and `cause` are for the operator's log; the caller is told
 * `status`, `error` and `description` only. No text in it holds a token, a header or the value of a claim.
 */
export abstract class AuthError extends Error {
  /** The name of the class, also where a minifier has changed that. */
  abstract override readonly name: string;
  /** The HTTP status: 401 blames the token, 403 the permission, 400, 415 and 422 the request, 503 this side. */
  abstract readonly status: number;
  /** What went wrong in detail, for logs, metrics and `switch`. */
  abstract readonly reason: string;
  /** The `error` of the challenge; absent where RFC 6750 §3.1 asks for a challenge without one. */
  abstract readonly error: BearerErrorCode | undefined;
  /** The generic text that goes over the wire (the characters of RFC 6750 §3, `error_description`). */
  abstract readonly description: string;
  /** When to come back, in whole seconds: goes into `Retry-After` (RFC 9110 §10.2.3). */
  readonly retryAfterSeconds: number | undefined;
  /** The scopes that would have been enough: they go into the challenge (RFC 6750 §3). */
  readonly requiredScopes: readonly string[] | undefined;

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    Object.defineProperty(this, mark, { value: true });
  }
}

/** Whether `value` is one of this package's errors, whichever copy of the package made it. */
export function isAuthError(value: unknown): value is AuthError {
  return typeof value === 'object' && value !== null && mark in value;
}
