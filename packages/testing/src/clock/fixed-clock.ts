import type { Clock } from './clock.js';

/** A clock that moves only when told, and fires its timers as it passes them. No function depends on `this`. */
export interface FixedClock extends Clock {
  /** Moves the clock forward by `milliseconds` (0 or more), firing each timer at its own time, in order. */
  readonly advanceMs: (milliseconds: number) => void;
  /** Moves the clock forward by `seconds` (0 or more), like {@link advanceMs}. */
  readonly advanceSeconds: (seconds: number) => void;
  /** Sets the time in milliseconds since the epoch: forward like {@link advanceMs}; backward fires nothing. */
  readonly set: (timeMs: number) => void;
  /** Runs `action` once the clock has advanced by `delayMs`; returns its cancellation. Fits core's `Runtime.after`. */
  readonly after: (delayMs: number, action: () => void) => () => void;
}

interface Timer {
  readonly dueMs: number;
  readonly action: () => void;
}

/** Noon of 1 January 2026, UTC: a default that is the same on every run. */
const DEFAULT_START_MS = Date.UTC(2026, 0, 1, 12);

/**
 * Creates a clock that stands still at `startMs` (milliseconds since the epoch; default 2026-01-01T12:00:00Z).
 * `{ now: clock.now, after: clock.after }` can be spread into a core runtime.
 */
export function createFixedClock(startMs: number = DEFAULT_START_MS): FixedClock {
  let timeMs = startMs;
  const timers = new Set<Timer>();

  function nextDue(untilMs: number): Timer | undefined {
    let next: Timer | undefined;
    // A set keeps insertion order, so of two timers with one due time the older fires first.
    for (const timer of timers) {
      if (timer.dueMs <= untilMs && (next === undefined || timer.dueMs < next.dueMs)) next = timer;
    }
    return next;
  }

  function advanceTo(targetMs: number): void {
    for (let timer = nextDue(targetMs); timer !== undefined; timer = nextDue(targetMs)) {
      timers.delete(timer);
      timeMs = Math.max(timeMs, timer.dueMs);
      timer.action();
    }
    timeMs = Math.max(timeMs, targetMs);
  }

  function advanceMs(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError('A fixed clock advances by 0 or more; use set() to go back.');
    advanceTo(timeMs + milliseconds);
  }

  return Object.freeze({
    now: () => timeMs,
    advanceMs,
    advanceSeconds: (seconds: number) => advanceMs(seconds * 1000),
    set: (targetMs: number) => {
      if (targetMs >= timeMs) advanceTo(targetMs);
      else timeMs = targetMs;
    },
    after: (delayMs: number, action: () => void) => {
      const timer: Timer = { dueMs: timeMs + Math.max(0, delayMs), action };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
  });
}
