import { IssuerUnavailableError } from '../errors/issuer-unavailable-error.js';
import { InvalidTokenError } from '../errors/token-errors.js';
import { DeadlineError } from '../runtime/deadline.js';
import type { Runtime } from '../runtime/runtime.js';
import type { JwtHeader } from '../token/unverified-jwt.js';
import type { AlgorithmName } from './algorithms.js';
import { KeySet } from './key-set.js';
import type { LoadJwks } from './load-jwks.js';
import { type KeyTimes, RefreshSchedule } from './refresh-schedule.js';
import type { VerificationKey } from './verification-key.js';

export interface KeyStoreOptions extends KeyTimes {
  readonly algorithms: ReadonlySet<AlgorithmName>;
  readonly load: LoadJwks;
  readonly runtime: Runtime;
  readonly onRefresh: (outcome: { keys: number; durationMs: number } | { error: unknown; durationMs: number }) => void;
}

/** The state of the keys, for a health check. */
export interface KeyHealth {
  /** Whether tokens can be checked now. */
  readonly usable: boolean;
  readonly count: number;
  /** Seconds since the last successful fetch. */
  readonly ageSeconds?: number;
  /** The error of the last fetch, if it failed. */
  readonly lastError?: string;
}

/** Stage 3: the keys of one issuer, fetched as rarely as possible and never twice at once. */
export class KeyStore {
  #set: KeySet | undefined;
  #loadedAt = 0;
  #inFlight: Promise<KeySet> | undefined;
  #isForMiss = false;
  #lastError: unknown;
  readonly #schedule: RefreshSchedule;

  constructor(private readonly options: KeyStoreOptions) {
    this.#schedule = new RefreshSchedule(options, options.runtime.random);
  }

  /**
   * Returns the key that a token's header names, even if it was published a moment ago: an unknown key causes a fetch, at
   * most once per cool-down. In between, an unknown key is the token's fault.
   *
   * @throws InvalidTokenError `unknown_key` if the issuer publishes no such key
   * @throws IssuerUnavailableError if the issuer cannot be reached, and no recent enough copy has the key
   */
  async resolve(header: JwtHeader): Promise<VerificationKey> {
    const before = this.#set;
    const set = await this.#usableSet();
    const key = set.find(header) ?? (await this.#lookAgain(header, before));
    if (key === undefined) throw new InvalidTokenError('unknown_key');
    return key;
  }

  /** Returns the key without waiting, if fresh keys include it: the usual case. */
  find(header: JwtHeader): VerificationKey | undefined {
    return this.#isServing() ? this.#set?.find(header) : undefined;
  }

  /** Whether a key is still published, as far as fresh keys tell; starts a refresh in the background when one is due. */
  isCurrent(key: VerificationKey): boolean {
    return key.published && this.#isServing();
  }

  /** Loads the keys unless there are fresh ones. @throws IssuerUnavailableError */
  async ready(): Promise<void> {
    if (!this.#isServing()) await this.#refresh();
  }

  health(): KeyHealth {
    const now = this.options.runtime.now();
    return {
      usable: this.#set !== undefined && this.#schedule.isUsableStale(now),
      count: this.#set?.size ?? 0,
      ...(this.#set && { ageSeconds: Math.floor((now - this.#loadedAt) / 1000) }),
      ...(this.#schedule.isFailing && { lastError: String(this.#lastError) }),
    };
  }

  /** Whether the keys are fresh; starts a refresh in the background if they will not be for long. */
  #isServing(): boolean {
    const now = this.options.runtime.now();
    if (!this.#schedule.isFresh(now)) return false;
    if (this.#schedule.isRefreshDue(now)) this.#refreshInBackground();
    return true;
  }

  async #usableSet(): Promise<KeySet> {
    const now = this.options.runtime.now();
    const set = this.#set;
    if (set !== undefined && this.#isServing()) return set;
    const stale = set !== undefined && this.#schedule.isUsableStale(now) ? set : undefined;
    return this.#refreshInTime().catch((error: unknown) => {
      if (stale === undefined) throw error;
      return stale;
    });
  }

  /**
   * Looks again after a miss. Keys that arrived during this very call are new enough, and so are those of a fetch that was
   * made for a miss. A fetch that is in flight for another reason may predate the publication of the key.
   */
  async #lookAgain(header: JwtHeader, before: KeySet | undefined): Promise<VerificationKey | undefined> {
    if (this.#set !== before) return this.#set?.find(header);
    if (this.#inFlight !== undefined && !this.#isForMiss) {
      const key = (await this.#refreshInTime()).find(header);
      if (key !== undefined) return key;
    }
    if (this.#inFlight === undefined && !this.#schedule.isFailing) {
      if (!this.#schedule.claimMiss(this.options.runtime.now())) return undefined;
      this.#isForMiss = true;
    }
    return (await this.#refreshInTime()).find(header);
  }

  /** Refreshes while a caller waits, unless the issuer is known to hang. */
  async #refreshInTime(): Promise<KeySet> {
    if (!this.#schedule.isHanging(this.options.runtime.now())) return this.#refresh();
    this.#refreshInBackground();
    throw this.#unavailable();
  }

  #refreshInBackground(): void {
    this.#refresh().catch(() => undefined); // Reported by #load; a later caller that needs the keys gets the error.
  }

  async #refresh(): Promise<KeySet> {
    const { runtime } = this.options;
    if (this.#inFlight === undefined && this.#schedule.isBackingOff(runtime.now())) throw this.#unavailable();
    this.#inFlight ??= this.#load().finally(() => {
      this.#inFlight = undefined;
      this.#isForMiss = false;
    });
    return this.#inFlight;
  }

  async #load(): Promise<KeySet> {
    const { runtime, load, algorithms, onRefresh } = this.options;
    const startedAt = runtime.now();
    try {
      const document = await load(!this.#schedule.isFailing);
      const set = KeySet.read(document, algorithms, this.#set);
      this.#set?.withdrawAllBut(set);
      this.#set = set;
      this.#loadedAt = runtime.now();
      this.#schedule.succeeded(this.#loadedAt);
      onRefresh({ keys: set.size, durationMs: this.#loadedAt - startedAt });
      return set;
    } catch (error) {
      this.#lastError = error;
      this.#schedule.failed(runtime.now(), { hung: ranIntoDeadline(error) });
      onRefresh({ error, durationMs: runtime.now() - startedAt });
      throw this.#unavailable();
    }
  }

  #unavailable(): IssuerUnavailableError {
    const cause = this.#lastError;
    const reason = cause instanceof IssuerUnavailableError ? cause.reason : 'jwks';
    return new IssuerUnavailableError(reason, this.#schedule.retryAfterSeconds(this.options.runtime.now()), { cause });
  }
}

/** Whether a deadline passed; discovery wraps its own. */
const ranIntoDeadline = (error: unknown): boolean =>
  error instanceof DeadlineError || (error as Error | null)?.cause instanceof DeadlineError;
