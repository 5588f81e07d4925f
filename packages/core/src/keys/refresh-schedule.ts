import { isRunning } from '../runtime/is-running.js';

/** How long keys may be used, and when the issuer may be asked for them. */
export interface KeyTimes {
  readonly cacheSeconds: number;
  readonly staleSeconds: number;
  readonly cooldownSeconds: number;
  readonly timeoutMs: number;
}

/** The first refresh ahead comes at this share of the cache time, give or take the spread. */
const refreshAheadAt = 0.8;
const refreshAheadSpread = 0.1;
const firstRetryMs = 1_000;

/**
 * The clockwork of a key store: it holds moments and no keys. All times are milliseconds since the epoch, and a clock that is
 * set back makes keys old and pauses end.
 *
 * - up to `refreshAheadAt` the keys are fresh; from then on somebody fetches new ones while they still serve;
 * - at `expiresAt` they no longer serve without a try to fetch new ones; at `staleUntil` they no longer serve at all;
 * - a failed fetch is tried again after 1, 2, 4 … seconds, at most the cool-down, and a little more by chance; if it failed
 *   for want of an answer in time, nobody waits for the next try;
 * - a fetch for the sake of an unknown key is made once per cool-down, however many such tokens come.
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

  isDueAhead = (now: number): boolean => !this.#isYoungerThan(this.#refreshAheadMs, now) && !this.isBackingOff(now);

  isUsableStale = (now: number): boolean =>
    this.#isYoungerThan((this.times.cacheSeconds + this.times.staleSeconds) * 1000, now);

  isBackingOff = (now: number): boolean => this.isFailing && isRunning(this.#failedAt, this.#pauseMs, now);

  get isFailing(): boolean {
    return this.#failures > 0;
  }

  /** Whether the issuer let a fetch run into its deadline lately, so that the next one is not worth a caller's waiting. */
  isHanging(now: number): boolean {
    const { cooldownSeconds, timeoutMs } = this.times;
    return this.#hasHung && isRunning(this.#failedAt, 2 * cooldownSeconds * 1000 + timeoutMs, now);
  }

  /** Takes the one fetch per cool-down that unknown keys may cause, if it is still there to be taken. */
  takeMiss(now: number): boolean {
    if (this.#missedAt !== undefined && isRunning(this.#missedAt, this.times.cooldownSeconds * 1000, now)) return false;
    this.#missedAt = now;
    return true;
  }

  /** Whole seconds until the next try, for `Retry-After`. */
  retryAfterSeconds = (now: number): number => {
    const leftMs = this.isBackingOff(now) ? this.#failedAt + this.#pauseMs - now : 0;
    return Math.max(1, Math.ceil(leftMs / 1000));
  };

  #isYoungerThan(ageMs: number, now: number): boolean {
    return this.#loadedAt !== undefined && isRunning(this.#loadedAt, ageMs, now);
  }
}
