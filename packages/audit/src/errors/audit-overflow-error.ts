import { AuthError } from '@connect-auth/core';

/**
 * A sink takes no more events, and nothing may happen unrecorded: 503. Thrown by `record` with `overflow: 'refuse'`.
 */
export class AuditOverflowError extends AuthError {
  readonly name = 'AuditOverflowError';
  readonly code = 'AUTH_AUDIT_OVERFLOW';
  readonly status = 503;
  readonly reason = 'audit_overflow';
  readonly error = undefined;
  readonly description = 'Requests cannot be recorded at the moment';
  override readonly retryAfterSeconds = 1;

  /** @param sink the name of the sink whose queue is full, or closed */
  constructor(readonly sink: string) {
    super(`The audit sink "${sink}" takes no more events.`);
  }
}
