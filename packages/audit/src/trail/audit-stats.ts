/** How many events had which fate, each event counted once per sink. */
export interface AuditStats {
  /** Waiting, or being written. */
  readonly queued: number;
  readonly written: number;
  /** Not taken on, because the queue was full or the trail closed. */
  readonly dropped: number;
  /** Given up, because the sink did not take them. */
  readonly failed: number;
}
