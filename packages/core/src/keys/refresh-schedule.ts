import { isRunning } from '../runtime/is-running.js';

/** How long keys may be used, and when they may be fetched. */
export interface KeyTimes {
  readonly cacheSeconds: number;
  readonly staleSeconds: number;
  readonly cooldownSeconds: number;
  readonly timeoutMs: number;
}

/** A refresh starts at this share of the cache time, give or take the spread. */
const refreshAheadAt = 0.8;
const refreshAheadSpread = 0.1;
const firstRetryMs = 1_000;

/**
 * Decides when a key store fetches. It holds times and no keys. All times are milliseconds since the epoch; a clock that is
 * set back makes keys old and ends pauses.
 *
 * - from `refreshAheadAt` on, new keys are fetched in the background while the old ones are still used;
 * - after `cacheSeconds`, keys are used only if fetching new ones fails; after `staleSeconds` more, not at all;
 * - a failed fetch is retried after 1, 2, 4 … seconds, at most the cool-down, plus some jitter; if it ran into its deadline,
 *   no caller waits for the next one;
 * - unknown keys cause one fetch per cool-down, however many such tokens come.
 */
export class RefreshSchedule {
  #loadedAt: number | undefined;
  #refreshAheadMs = 0;
  #failures = 0;
  #failedAt = 0;
  #pauseMs = 0;
  #hasHung = false;
  #missedAt: number | undefined;

  constructor(
    private readonly times: KeyTimes,
    private readonly random: () => number,
  ) {}

  succeeded(now: number): void {
    const spread = (2 * this.random() - 1) * refreshAheadSpread;
    this.#loadedAt = now;
    this.#refreshAheadMs = this.times.cacheSeconds * 1000 * (refreshAheadAt + spread);
    this.#failures = 0;
    this.#hasHung = false;
  }

  failed(now: number, { hung = false }: { hung?: boolean } = {}): void {
    const pauseMs = Math.min(firstRetryMs * 2 ** this.#failures, this.times.cooldownSeconds * 1000);
    this.#failures += 1;
    this.#failedAt = now;
    this.#pauseMs = pauseMs * (1 + 0.2 * this.random());
    this.#hasHung = hung;
  }

  isFresh = (now: number): boolean => this.#isYoungerThan(this.times.cacheSeconds * 1000, now);

  isRefreshDue = (now: number): boolean => !this.#isYoungerThan(this.#refreshAheadMs, now) && !this.isBackingOff(now);

  isUsableStale = (now: number): boolean =>
    this.#isYoungerThan((this.times.cacheSeconds + this.times.staleSeconds) * 1000, now);

  isBackingOff = (now: number): boolean => this.isFailing && isRunning(this.#failedAt, this.#pauseMs, now);

  get isFailing(): boolean {
    return this.#failures > 0;
  }

  /** Whether a fetch ran into its deadline lately, so that no caller should wait for the next one. */
  isHanging(now: number): boolean {
    const { cooldownSeconds, timeoutMs } = this.times;
    return this.#hasHung && isRunning(this.#failedAt, 2 * cooldownSeconds * 1000 + timeoutMs, now);
  }

  /** Claims the one fetch per cool-down that unknown keys may cause. Returns whether it was still available. */
  claimMiss(now: number): boolean {
    if (this.#missedAt !== undefined && isRunning(this.#missedAt, this.times.cooldownSeconds * 1000, now)) return false;
    this.#missedAt = now;
    return true;
  }

  /** Returns the whole seconds until the next fetch, for `Retry-After`. */
  retryAfterSeconds = (now: number): number => {
    const leftMs = this.isBackingOff(now) ? this.#failedAt + this.#pauseMs - now : 0;
    return Math.max(1, Math.ceil(leftMs / 1000));
  };

  #isYoungerThan(ageMs: number, now: number): boolean {
    return this.#loadedAt !== undefined && isRunning(this.#loadedAt, ageMs, now);
  }
}
