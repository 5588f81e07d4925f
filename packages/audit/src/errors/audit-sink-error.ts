/** A sink failed at every attempt; `cause` is its last error. */
export class AuditSinkError extends Error {
  override readonly name = 'AuditSinkError';

  /**
   * @param sink the name of the sink
   * @param events how many events it has lost; 0 if it did not flush or close
   */
  constructor(
    readonly sink: string,
    readonly events: number,
    options?: { cause?: unknown },
  ) {
    const fault = events === 0 ? 'flush or close' : `take ${events} ${events === 1 ? 'event' : 'events'}`;
    super(`the audit sink "${sink}" did not ${fault}`, options);
  }
}
