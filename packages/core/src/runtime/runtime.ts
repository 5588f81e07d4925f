/**
 * The outside world: the clock, randomness, timers and the network. Nothing else in this package touches them, so a test
 * with its own runtime can stop the first three and break the last.
 */
export interface Runtime {
  /** The current time in milliseconds since the epoch. Default: `Date.now`. */
  readonly now: () => number;
  /** Sends an HTTP request. Default: the global `fetch`. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** A number in [0, 1), used only to spread refreshes over time. Default: `Math.random`. */
  readonly random: () => number;
  /** Runs `action` once after `delayMs` milliseconds, and returns a function that cancels it. Default: an unreferenced timer. */
  readonly after: (delayMs: number, action: () => void) => () => void;
}

export const systemRuntime: Runtime = Object.freeze({
  now: () => Date.now(),
  // Looked up at each call, so that instrumentation may patch the global `fetch` later.
  fetch: (url: string, init: RequestInit) => globalThis.fetch(url, init),
  random: () => Math.random(),
  after: (delayMs: number, action: () => void) => {
    const timer = setTimeout(action, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
});
