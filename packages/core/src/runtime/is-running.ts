/**
 * Whether a period that began at `since` is still running. A clock that is set back ends every period, so that nothing
 * stays open, closed or remembered for hours because of it. All in milliseconds.
 */
export const isRunning = (since: number, durationMs: number, now: number): boolean =>
  now >= since && now < since + durationMs;
