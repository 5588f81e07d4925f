import type { FieldError } from '../errors/refusal.js';

/** The response to a refused request to the management API. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';

  constructor(
    readonly status: number,
    /** For programs. */
    readonly code: string,
    /** For people. It reveals nothing that the caller did not send. */
    message: string,
    readonly errors?: readonly FieldError[],
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}
