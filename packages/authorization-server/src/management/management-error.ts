/** One thing that is wrong with a request, in WorkOS's shape. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** A request to the management API that is refused. */
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

/** @param what as it stands in a sentence: `Application` */
export function notFound(what: string): ManagementError {
  return new ManagementError(404, 'entity_not_found', `${what} not found.`);
}

export function invalid(...errors: FieldError[]): ManagementError {
  return new ManagementError(422, 'invalid_request_parameters', errors.map((error) => error.message).join(' '), errors);
}

export function conflict(code: string, message: string): ManagementError {
  return new ManagementError(409, code, message);
}
