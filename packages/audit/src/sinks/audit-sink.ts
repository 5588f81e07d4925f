import type { AuditEvent } from '../event/audit-event.js';

/** Where events go. It may get an event twice, under one `id`: after a failure that was none, or came late. */
export interface AuditSink {
  /** For errors and statistics. */
  readonly name: string;
  /**
   * Which stream it may be given. Default: either. A sink that customers read from says `caller`, and is refused among
   * the operator's.
   */
  readonly stream?: 'caller' | 'operator';
  /** How many events it takes at once. Default: 100. */
  readonly maxBatch?: number;
  /**
   * Writes events, in their order; of different organizations, and outside of every frame. Resolves once they are there
   * to stay. Only `AuditTrail.write` calls it while an earlier call is under way.
   *
   * @throws PartialWriteError if some of them were written; anything else if none was
   */
  write(events: readonly AuditEvent[]): Promise<void>;
  /** Resolves when nothing of what was written is held back any more. */
  flush?(): Promise<void>;
  /** Lets go of what it has opened. After the last write. */
  close?(): Promise<void>;
}

/** A sink wrote a part of what it was given. The rest is tried again, and nothing else. */
export class PartialWriteError extends Error {
  override readonly name = 'PartialWriteError';

  constructor(
    readonly unwritten: readonly AuditEvent[],
    options?: { cause?: unknown },
  ) {
    super(`${unwritten.length} audit events were not written`, options);
  }
}
