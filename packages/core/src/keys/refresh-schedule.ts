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
 * The clockwork of a key store: it holds moments and no keys. All times are milliseconds since the epoch.
 *
 * - up to `refreshAheadAt` the keys are fresh; from then on somebody fetches new ones while they still serve;
 * - at `expiresAt` they no longer serve without a try to fetch new ones; at `staleUntil` they no longer serve at all;
 * - a failed fetch is tried again after 1, 2, 4 … seconds, at most the cool-down, and a little more by chance; if it failed
 *   for want of an answer in time, nobody waits for the next try;
 * - a fetch for the sake of an unknown key is made once per cool-down, however many such tokens come.
 */
export class RefreshSchedule {
  #refreshAheadAt = 0;
  #expiresAt = 0;
  #staleUntil = 0;
  #failures = 0;
  #hungAt: number | undefined;
  #retryAt = 0;
  #missAllowedAt = 0;

  constructor(
    private readonly times: KeyTimes,
    private readonly random: () => number,
  ) {}

  succeeded(now: number): void {
    const cacheMs = this.times.cacheSeconds * 1000;
    const spread = (2 * this.random() - 1) * refreshAheadSpread;
    this.#refreshAheadAt = now + cacheMs * (refreshAheadAt + spread);
    this.#expiresAt = now + cacheMs;
    this.#staleUntil = this.#expiresAt + this.times.staleSeconds * 1000;
    this.#failures = 0;
    this.#hungAt = undefined;
  }

  failed(now: number, { hung = false }: { hung?: boolean } = {}): void {
    const delay = Math.min(firstRetryMs * 2 ** this.#failures, this.times.cooldownSeconds * 1000);
    this.#failures += 1;
    this.#hungAt = hung ? now : undefined;
    this.#retryAt = now + delay * (1 + 0.2 * this.random());
  }

  isFresh = (now: number): boolean => now < this.#expiresAt;

  isDueAhead = (now: number): boolean => now >= this.#refreshAheadAt && !this.isBackingOff(now);

  isUsableStale = (now: number): boolean => now < this.#staleUntil;

  isBackingOff = (now: number): boolean => this.#failures > 0 && now < this.#retryAt;

  get isFailing(): boolean {
    return this.#failures > 0;
  }

  /** Whether the issuer let a fetch run into its deadline lately, so that the next one is not worth a caller's waiting. */
  isHanging(now: number): boolean {
    const { cooldownSeconds, timeoutMs } = this.times;
    return this.#hungAt !== undefined && now < this.#hungAt + 2 * cooldownSeconds * 1000 + timeoutMs;
  }

  /** Takes the one fetch per cool-down that unknown keys may cause, if it is still there to be taken. */
  takeMiss(now: number): boolean {
    if (now < this.#missAllowedAt) return false;
    this.#missAllowedAt = now + this.times.cooldownSeconds * 1000;
    return true;
  }

  /** Whole seconds until the next try, for `Retry-After`. */
  retryAfterSeconds = (now: number): number => Math.max(1, Math.ceil((this.#retryAt - now) / 1000));
}
