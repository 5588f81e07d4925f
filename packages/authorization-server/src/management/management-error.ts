import type { FieldError } from '../errors/refusal.js';

/** The answer to a request to the management API that is refused. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';

  constructor(
    readonly status: number,
    /** For programs. */
    readonly code: string,
    /** For people. It says nothing that the caller did not say. */
    message: string,
    readonly errors?: readonly FieldError[],
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}
