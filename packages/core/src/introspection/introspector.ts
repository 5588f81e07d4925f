import { IssuerUnavailableError } from '../errors/issuer-unavailable-error.js';
import { withDeadline } from '../runtime/deadline.js';
import { UnusableAnswerError } from '../runtime/fetch-json.js';
import type { BearerToken } from '../token/bearer-token.js';
import type { JsonObject } from '../token/unverified-jwt.js';
import { AnswerCache, answerKey } from './answer-cache.js';
import { type BreakerState, CircuitBreaker } from './circuit-breaker.js';
import { type IntrospectionEndpoint, introspect } from './introspect.js';
import type { IntrospectionStore } from './introspection-store.js';

export interface IntrospectorOptions extends IntrospectionEndpoint {
  readonly timeoutMs: number;
  readonly cacheSeconds: number;
  readonly store: IntrospectionStore | undefined;
  readonly closed: AbortSignal;
  readonly onAnswer: (outcome: 'active' | 'inactive' | 'failed', durationMs: number) => void;
  readonly onStoreFailure: (error: unknown) => void;
}

/** Where the introspection endpoint stands, for a health check. */
export interface IntrospectionHealth {
  readonly breaker: BreakerState;
  /** What the last call failed with, if it failed. */
  readonly lastError?: string;
}

const maxInFlight = 50;

/** Stage 5′: asks one issuer about tokens, once per token at a time and never in a crowd. */
export class Introspector {
  readonly #answers: AnswerCache;
  readonly #breaker: CircuitBreaker;
  readonly #inFlight = new Map<string, Promise<JsonObject>>();
  #lastError: unknown;

  constructor(private readonly options: IntrospectorOptions) {
    this.#answers = new AnswerCache(options.cacheSeconds, options.runtime.now, options.store);
    this.#breaker = new CircuitBreaker(options.runtime.now);
  }

  /**
   * What the issuer says of a token: lately, or with `fresh` just now. An answer of the last seconds that the token is
   * not active is given again even then.
   *
   * @throws IssuerUnavailableError `introspection` or `discovery` if there is no answer to be had
   */
  async answerFor(token: BearerToken, { fresh }: { fresh: boolean }): Promise<JsonObject> {
    const key = answerKey(this.options.issuer, token);
    const kept = this.#answers.get(key);
    if (kept !== undefined && (!fresh || kept.active !== true)) return kept;
    if (fresh) return this.#askAfresh(key, token);
    const shared = await this.#withStore(() => this.#answers.getShared(key));
    return shared ?? this.#askOnce(key, token);
  }

  /** A question that is on its way may have been answered before this one was put: what it brings only counts against. */
  async #askAfresh(key: string, token: BearerToken): Promise<JsonObject> {
    const running = await this.#inFlight.get(key);
    return running !== undefined && running.active !== true ? running : this.#askOnce(key, token);
  }

  health(): IntrospectionHealth {
    const breaker = this.#breaker.state;
    return { breaker, ...(this.#lastError !== undefined && { lastError: String(this.#lastError) }) };
  }

  /** Whoever asks about a token that is being asked about waits for the same answer. */
  #askOnce(key: string, token: BearerToken): Promise<JsonObject> {
    const running = this.#inFlight.get(key);
    if (running !== undefined) return running;
    if (this.#inFlight.size >= maxInFlight) throw this.#unavailable();
    const asking = this.#ask(token)
      .then((answer) => {
        this.#answers.keep(key, answer);
        void this.#withStore(() => this.#answers.share(key, answer)); // Nobody waits for the store.
        return answer;
      })
      .finally(() => this.#inFlight.delete(key));
    this.#inFlight.set(key, asking);
    return asking;
  }

  async #ask(token: BearerToken): Promise<JsonObject> {
    const { runtime, timeoutMs, closed, onAnswer } = this.options;
    if (!this.#breaker.admits()) throw this.#unavailable();
    const startedAt = runtime.now();
    const again = this.#lastError === undefined;
    try {
      const answer = await withDeadline(runtime, timeoutMs, closed, (signal) =>
        introspect(this.options, token, signal, again),
      );
      this.#breaker.succeeded();
      this.#lastError = undefined;
      onAnswer(answer.active === true ? 'active' : 'inactive', runtime.now() - startedAt);
      return answer;
    } catch (error) {
      if (!isAboutTheRequest(error)) {
        this.options.discovery.doubt(); // The endpoint may have moved.
        this.#breaker.failed();
      }
      this.#lastError = error;
      onAnswer('failed', runtime.now() - startedAt);
      throw this.#unavailable();
    }
  }

  /** A store that is slow or broken costs its deadline and nothing else. */
  async #withStore<Result>(use: () => Promise<Result>): Promise<Result | undefined> {
    const { runtime, timeoutMs, closed, store, onStoreFailure } = this.options;
    if (store === undefined) return undefined;
    try {
      return await withDeadline(runtime, timeoutMs, closed, use);
    } catch (error) {
      onStoreFailure(error);
      return undefined;
    }
  }

  #unavailable(): IssuerUnavailableError {
    const cause = this.#lastError;
    const reason = cause instanceof IssuerUnavailableError ? cause.reason : 'introspection';
    return new IssuerUnavailableError(reason, 1, { cause });
  }
}

/**
 * Answers that a token of a strange form can bring about, from the issuer or from a firewall before it. They are no answer,
 * but no reason to stop asking about other callers' tokens either.
 */
const isAboutTheRequest = (error: unknown): boolean =>
  error instanceof UnusableAnswerError && [400, 403, 413, 414, 422].includes(error.status);
