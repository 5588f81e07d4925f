/**
 * Whether a span of time that began at `since` still runs. A clock that is set back ends every span, so that nothing
 * stays open, closed or remembered for the hours that it was set back by. All in milliseconds.
 */
export const isRunning = (since: number, durationMs: number, now: number): boolean =>
  now >= since && now < since + durationMs;
