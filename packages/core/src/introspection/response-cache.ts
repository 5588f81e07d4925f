import { createHash } from 'node:crypto';
import { BoundedCache } from '../cache/bounded-cache.js';
import { isRunning } from '../runtime/is-running.js';
import type { BearerToken } from '../token/bearer-token.js';
import type { JsonObject } from '../token/unverified-jwt.js';
import type { IntrospectionStore } from './introspection-store.js';

interface CachedResponse {
  readonly response: JsonObject;
  readonly cachedAt: number;
  readonly ttlMs: number;
}

const maxResponses = 10_000;
const inactiveSeconds = 5;

/**
 * Caches introspection responses by the hash of the token: an active one for at most `cacheSeconds` and never past its
 * `exp`, an inactive one for five seconds. A shared store, if there is one, stands behind the memory of this process.
 */
export class ResponseCache {
  readonly #responses = new BoundedCache<CachedResponse>(maxResponses);

  constructor(
    private readonly cacheSeconds: number,
    private readonly now: () => number,
    private readonly shared: IntrospectionStore | undefined,
  ) {}

  get(key: string): JsonObject | undefined {
    const cached = this.#responses.get(key);
    if (cached === undefined) return undefined;
    if (isRunning(cached.cachedAt, cached.ttlMs, this.now())) return cached.response;
    this.#responses.delete(key);
    return undefined;
  }

  /**
   * Reads from the shared store. The response is not cached here as well: only the store knows how much of its time is left.
   *
   * @throws whatever the store throws
   */
  async getShared(key: string): Promise<JsonObject | undefined> {
    const found: unknown = await this.shared?.get(key);
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as JsonObject) : undefined;
  }

  set(key: string, response: JsonObject): void {
    const ttlSeconds = this.#ttlSeconds(response);
    this.#responses.delete(key); // An active response must not outlive a later one that is not.
    if (ttlSeconds > 0) this.#responses.set(key, { response, cachedAt: this.now(), ttlMs: ttlSeconds * 1000 });
  }

  /** @throws whatever the store throws */
  async setShared(key: string, response: JsonObject): Promise<void> {
    const ttlSeconds = this.#ttlSeconds(response);
    if (ttlSeconds > 0) await this.shared?.set(key, response, ttlSeconds);
  }

  #ttlSeconds({ active, exp }: JsonObject): number {
    if (active !== true) return inactiveSeconds;
    const left = typeof exp === 'number' ? exp - this.now() / 1000 : 0;
    return Math.min(this.cacheSeconds, left);
  }
}

/** Hashes the issuer and the token (SHA-256), so that two issuers that share a store never meet under one key. */
export const responseKey = (issuer: string, token: BearerToken): string =>
  createHash('sha256').update(`${issuer}\n${token}`).digest('base64url');
