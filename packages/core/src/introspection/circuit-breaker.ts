import { isRunning } from '../runtime/is-running.js';
import type { Runtime } from '../runtime/runtime.js';

/** `open`: no call is made; `half_open`: one call at a time tests whether the endpoint works again. */
export type BreakerState = 'closed' | 'open' | 'half_open';

const failuresToOpen = 5;
const probeEveryMs = 1_000;

/** Keeps callers from waiting on a failing endpoint: after five failures in a row, one call a second is allowed. */
export class CircuitBreaker {
  #failures = 0;
  #pausedAt = 0;

  constructor(private readonly now: Runtime['now']) {}

  get state(): BreakerState {
    if (this.#failures < failuresToOpen) return 'closed';
    return isRunning(this.#pausedAt, probeEveryMs, this.now()) ? 'open' : 'half_open';
  }

  /** Whether a call may be made now; while half open, only the first to ask is told yes. */
  admits(): boolean {
    const { state } = this;
    if (state === 'half_open') this.#pausedAt = this.now();
    return state !== 'open';
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(): void {
    this.#failures += 1;
    if (this.#failures >= failuresToOpen) this.#pausedAt = this.now();
  }
}
