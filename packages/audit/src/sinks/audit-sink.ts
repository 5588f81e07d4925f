import type { AuditEvent } from '../event/audit-event.js';

/** A destination of events. May receive an event twice, under one `id`: after a failure that was none, or came late. */
export interface AuditSink {
  /** The name of the sink in errors and statistics. */
  readonly name: string;
  /**
   * The stream that the sink may be given. Default: either. A sink that customers read from says `caller`, and is
   * refused among the operator's.
   */
  readonly stream?: 'caller' | 'operator';
  /** The number of events it takes at once. Default: 100. */
  readonly maxBatch?: number;
  /**
   * Writes events in their order; they may be of different organizations, and the call is outside every frame. Resolves
   * once they are stored durably. Only `AuditTrail.write` calls it while an earlier call is under way.
   *
   * @throws PartialWriteError if some of them were written; anything else if none was
   */
  write(events: readonly AuditEvent[]): Promise<void>;
  /** Resolves when no written event is held back any more. */
  flush?(): Promise<void>;
  /** Releases everything it has opened. Called after the last write. */
  close?(): Promise<void>;
}

/** A sink wrote only some of the events it was given. Only the rest is tried again. */
export class PartialWriteError extends Error {
  override readonly name = 'PartialWriteError';

  constructor(
    readonly unwritten: readonly AuditEvent[],
    options?: { cause?: unknown },
  ) {
    super(`${unwritten.length} audit events were not written`, options);
  }
}
