import { IssuerUnavailableError } from '../errors/issuer-unavailable-error.js';
import { InvalidTokenError } from '../errors/token-errors.js';
import { withDeadline } from '../runtime/deadline.js';
import type { Runtime } from '../runtime/runtime.js';
import type { JwtHeader } from '../token/unverified-jwt.js';
import type { AlgorithmName } from './algorithms.js';
import { KeySet } from './key-set.js';
import type { LoadJwks } from './load-jwks.js';
import { type KeyTimes, RefreshSchedule } from './refresh-schedule.js';
import type { VerificationKey } from './verification-key.js';

export interface KeyStoreOptions extends KeyTimes {
  readonly timeoutMs: number;
  readonly algorithms: ReadonlySet<AlgorithmName>;
  readonly load: LoadJwks;
  readonly runtime: Runtime;
  readonly closed: AbortSignal;
  readonly onRefresh: (outcome: { keys: number; durationMs: number } | { error: unknown; durationMs: number }) => void;
}

/** Where the keys stand, for a health check. */
export interface KeyHealth {
  /** Whether tokens can be checked now. */
  readonly usable: boolean;
  readonly count: number;
  /** Seconds since the last good fetch. */
  readonly ageSeconds?: number;
  /** What the last fetch failed with, if it failed. */
  readonly lastError?: string;
}

/** Stage 3: the keys of one issuer, fetched as seldom as possible and never by two at once. */
export class KeyStore {
  #set: KeySet | undefined;
  #loadedAt = 0;
  #inFlight: Promise<KeySet> | undefined;
  #lastError: unknown;
  readonly #schedule: RefreshSchedule;

  constructor(private readonly options: KeyStoreOptions) {
    this.#schedule = new RefreshSchedule(options, options.runtime.random);
  }

  /**
   * The key that a token's header means. A key that was published a moment ago is found: an unknown one costs a fetch,
   * at most one per cool-down. In between, an unknown key is the token's fault.
   *
   * @throws InvalidTokenError `unknown_key` if the issuer publishes no such key
   * @throws IssuerUnavailableError if the issuer cannot be asked and no copy that is young enough has the key
   */
  async resolve(header: JwtHeader): Promise<VerificationKey> {
    const before = this.#set;
    const set = await this.#usableSet();
    const key = set.find(header) ?? (await this.#lookAgain(header, before));
    if (key === undefined) throw new InvalidTokenError('unknown_key');
    return key;
  }

  /** The same without a wait, where fresh keys have it: nearly always. */
  find(header: JwtHeader): VerificationKey | undefined {
    return this.#isServing() ? this.#set?.find(header) : undefined;
  }

  /** Whether a key still vouches for what it verified, without a fetch; a refresh that is due starts behind it. */
  vouches(key: VerificationKey): boolean {
    return key.live && this.#isServing();
  }

  /** Loads the keys if there are none to use. @throws IssuerUnavailableError */
  async ready(): Promise<void> {
    await this.#usableSet();
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

  /** Whether the keys are fresh; if they will not be for long, new ones are fetched behind the caller's back. */
  #isServing(): boolean {
    const now = this.options.runtime.now();
    if (!this.#schedule.isFresh(now)) return false;
    if (this.#schedule.isDueAhead(now)) this.#refreshBehind();
    return true;
  }

  async #usableSet(): Promise<KeySet> {
    const now = this.options.runtime.now();
    const set = this.#set;
    if (set !== undefined && this.#isServing()) return set;
    const stale = set !== undefined && this.#schedule.isUsableStale(now) ? set : undefined;
    if (stale !== undefined && this.#schedule.failedLately(now)) {
      if (!this.#schedule.isBackingOff(now)) this.#refreshBehind();
      return stale;
    }
    return this.#refresh().catch((error: unknown) => {
      if (stale === undefined) throw error;
      return stale;
    });
  }

  /** After a miss: keys that came during this very call are news enough; else join a fetch, or make one if it is time. */
  async #lookAgain(header: JwtHeader, before: KeySet | undefined): Promise<VerificationKey | undefined> {
    if (this.#set !== before) return this.#set?.find(header);
    const running = this.#inFlight;
    if (running !== undefined) return (await running).find(header);
    const now = this.options.runtime.now();
    if (!this.#schedule.isFailing && !this.#schedule.takeMiss(now)) return undefined;
    return (await this.#refresh()).find(header);
  }

  #refreshBehind(): void {
    this.#refresh().catch(() => undefined); // Reported by #load; whoever needs the keys later meets the failure.
  }

  async #refresh(): Promise<KeySet> {
    const { runtime } = this.options;
    if (this.#inFlight === undefined && this.#schedule.isBackingOff(runtime.now())) throw this.#unavailable();
    this.#inFlight ??= this.#load().finally(() => {
      this.#inFlight = undefined;
    });
    return this.#inFlight;
  }

  async #load(): Promise<KeySet> {
    const { runtime, timeoutMs, closed, load, algorithms, onRefresh } = this.options;
    const startedAt = runtime.now();
    try {
      const document = await withDeadline(runtime, timeoutMs, closed, (signal) =>
        load(signal, !this.#schedule.isFailing),
      );
      const set = KeySet.read(document, algorithms, this.#set);
      this.#set?.retireAllBut(set);
      this.#set = set;
      this.#loadedAt = runtime.now();
      this.#schedule.succeeded(this.#loadedAt);
      onRefresh({ keys: set.size, durationMs: this.#loadedAt - startedAt });
      return set;
    } catch (error) {
      this.#lastError = error;
      this.#schedule.failed(runtime.now());
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
