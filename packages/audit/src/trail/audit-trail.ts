import type { AuditEventInput } from '../event/audit-event.js';
import type { AuditStats } from './audit-stats.js';

/** Room in every queue for the event of one request, which is recorded only when the request is over. */
export interface AuditSlot {
  /** Queues the event, and releases the room. Never throws: it is too late to refuse anything. */
  record(happening: AuditEventInput): string;
  /** Releases the room without an event. */
  release(): void;
}

export interface AuditTrail {
  /**
   * Queues an event for every sink, and returns its id. The fate of the event disturbs no request, unless asked to:
   *
   * @throws AuditOverflowError with `overflow: 'refuse'`, if a queue is full or the trail closed; no sink gets the
   * event
   */
  record(happening: AuditEventInput): string;
  /**
   * Reserves room for a later event: for adapters, which learn the outcome of a request when it is too late to refuse
   * it. Without `overflow: 'refuse'` no room is reserved, and an event that finds none is dropped.
   *
   * @throws AuditOverflowError with `overflow: 'refuse'`, if a queue is full or the trail closed
   */
  reserve(): AuditSlot;
  /**
   * Writes an event to every sink, past the queues. For events that must be recorded before the action is done.
   *
   * @returns its id, once every sink has it
   * @throws AuditSinkError if one of them does not take it
   */
  write(happening: AuditEventInput): Promise<string>;
  /** Resolves when all events recorded so far are written or given up. */
  flush(): Promise<void>;
  /**
   * Flushes, for `closeTimeoutMs` at most, and counts anything left then as failed. Then closes the sinks. Later events
   * are dropped, or refused.
   */
  close(): Promise<void>;
  stats(): AuditStats & { readonly sinks: Readonly<Record<string, AuditStats>> };
}
