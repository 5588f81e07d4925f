import { IssuerUnavailableError } from '../errors/issuer-unavailable-error.js';
import { withDeadline } from '../runtime/deadline.js';
import { UnusableResponseError } from '../runtime/fetch-json.js';
import type { BearerToken } from '../token/bearer-token.js';
import type { JsonObject } from '../token/unverified-jwt.js';
import { type BreakerState, CircuitBreaker } from './circuit-breaker.js';
import type { IntrospectionStore } from './introspection-store.js';
import { type IntrospectionEndpoint, requestIntrospection } from './request-introspection.js';
import { ResponseCache, responseKey } from './response-cache.js';

export interface IntrospectorOptions extends IntrospectionEndpoint {
  readonly timeoutMs: number;
  readonly cacheSeconds: number;
  readonly store: IntrospectionStore | undefined;
  readonly closed: AbortSignal;
  readonly onIntrospected: (outcome: 'active' | 'inactive' | 'failed', durationMs: number) => void;
  readonly onStoreFailure: (error: unknown) => void;
}

/** The state of the introspection endpoint, for a health check. */
export interface IntrospectionHealth {
  readonly breaker: BreakerState;
  /** The error of the last call, if it failed. */
  readonly lastError?: string;
}

const maxInFlight = 50;

/** Stage 5′: introspects the tokens of one issuer, with one call per token in flight and a bounded number in all. */
export class Introspector {
  readonly #cache: ResponseCache;
  readonly #breaker: CircuitBreaker;
  readonly #inFlight = new Map<string, Promise<JsonObject>>();
  #lastError: unknown;

  constructor(private readonly options: IntrospectorOptions) {
    this.#cache = new ResponseCache(options.cacheSeconds, options.runtime.now, options.store);
    this.#breaker = new CircuitBreaker(options.runtime.now);
  }

  /**
   * Returns the introspection response for a token, from the cache or from the issuer. With `fresh` the issuer is called;
   * only an inactive response of the last seconds is reused even then.
   *
   * @throws IssuerUnavailableError `introspection` or `discovery` if no response can be had
   */
  async introspect(token: BearerToken, { fresh }: { fresh: boolean }): Promise<JsonObject> {
    const key = responseKey(this.options.issuer, token);
    const cached = this.#cache.get(key);
    if (cached !== undefined && (!fresh || cached.active !== true)) return cached;
    if (fresh) return this.#introspectAfresh(key, token);
    const shared = await this.#withStore(() => this.#cache.getShared(key));
    return shared ?? this.#introspectOnce(key, token);
  }

  /** An in-flight response may predate this call, so only an inactive one is reused. */
  async #introspectAfresh(key: string, token: BearerToken): Promise<JsonObject> {
    const inFlight = await this.#inFlight.get(key);
    return inFlight !== undefined && inFlight.active !== true ? inFlight : this.#introspectOnce(key, token);
  }

  health(): IntrospectionHealth {
    const breaker = this.#breaker.state;
    return { breaker, ...(this.#lastError !== undefined && { lastError: String(this.#lastError) }) };
  }

  /** Joins the call that is in flight for this token, or makes one. */
  #introspectOnce(key: string, token: BearerToken): Promise<JsonObject> {
    const inFlight = this.#inFlight.get(key);
    if (inFlight !== undefined) return inFlight;
    if (this.#inFlight.size >= maxInFlight) throw this.#unavailable();
    const call = this.#request(token)
      .then((response) => {
        this.#cache.set(key, response);
        void this.#withStore(() => this.#cache.setShared(key, response)); // No caller waits for the store.
        return response;
      })
      .finally(() => this.#inFlight.delete(key));
    this.#inFlight.set(key, call);
    return call;
  }

  async #request(token: BearerToken): Promise<JsonObject> {
    const { runtime, timeoutMs, closed, onIntrospected } = this.options;
    if (!this.#breaker.admits()) throw this.#unavailable();
    const startedAt = runtime.now();
    const retry = this.#lastError === undefined;
    try {
      const response = await withDeadline(runtime, timeoutMs, closed, (signal) =>
        requestIntrospection(this.options, token, signal, retry),
      );
      this.#breaker.succeeded();
      this.#lastError = undefined;
      onIntrospected(response.active === true ? 'active' : 'inactive', runtime.now() - startedAt);
      return response;
    } catch (error) {
      if (!isAboutTheRequest(error)) {
        this.options.discovery.doubt(); // The endpoint may have moved.
        this.#breaker.failed();
      }
      this.#lastError = error;
      onIntrospected('failed', runtime.now() - startedAt);
      throw this.#unavailable();
    }
  }

  /** Gives a slow or broken store its deadline and goes on without it. */
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
 * Whether a strangely formed token may have caused the failure, at the issuer or at a firewall before it. Such a response
 * tells nothing about the token, but is no reason to stop introspecting other callers' tokens either.
 */
const isAboutTheRequest = (error: unknown): boolean =>
  error instanceof UnusableResponseError && [400, 403, 413, 414, 422].includes(error.status);
