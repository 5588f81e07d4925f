/** What became of events, each counted once for each sink. */
export interface AuditStats {
  /** Waiting, or being written. */
  readonly queued: number;
  readonly written: number;
  /** Not taken on, since the queue was full or the trail closed. */
  readonly dropped: number;
  /** Given up, since the sink did not take them. */
  readonly failed: number;
}
