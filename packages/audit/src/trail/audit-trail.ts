import type { AuditEventInput } from '../event/audit-event.js';
import type { AuditStats } from './audit-stats.js';

/** Room in every queue for the event of one request, which is on record only when it is over. */
export interface AuditSlot {
  /** Queues the event, and gives the room up. Never throws: it is too late to refuse anything. */
  record(happening: AuditEventInput): string;
  /** Gives the room up without an event. */
  release(): void;
}

export interface AuditTrail {
  /**
   * Queues an event for every sink, and returns its id. What becomes of it disturbs no request, unless that is asked for:
   *
   * @throws AuditOverflowError with `overflow: 'refuse'`, if a queue is full or the trail closed; no sink gets the event
   */
  record(happening: AuditEventInput): string;
  /**
   * Keeps room for an event that comes later: for adapters, which know what became of a request when it is too late to
   * refuse it. Without `overflow: 'refuse'` no room is kept, and an event that finds none is dropped.
   *
   * @throws AuditOverflowError with `overflow: 'refuse'`, if a queue is full or the trail closed
   */
  reserve(): AuditSlot;
  /**
   * Writes an event to every sink, past the queues. For what must be on record before it is done.
   *
   * @returns its id, once every sink has it
   * @throws AuditSinkError if one of them does not take it
   */
  write(happening: AuditEventInput): Promise<string>;
  /** Resolves when all that was recorded so far is written or given up. */
  flush(): Promise<void>;
  /**
   * Flushes, for `closeTimeoutMs` at most: what is left then counts as failed. Then closes the sinks. Later events are
   * dropped, or refused.
   */
  close(): Promise<void>;
  stats(): AuditStats & { readonly sinks: Readonly<Record<string, AuditStats>> };
}
