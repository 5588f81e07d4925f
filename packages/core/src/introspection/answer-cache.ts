import { createHash } from 'node:crypto';
import { BoundedCache } from '../cache/bounded-cache.js';
import { isRunning } from '../runtime/is-running.js';
import type { BearerToken } from '../token/bearer-token.js';
import type { JsonObject } from '../token/unverified-jwt.js';
import type { IntrospectionStore } from './introspection-store.js';

interface KeptAnswer {
  readonly answer: JsonObject;
  readonly keptAt: number;
  readonly ttlMs: number;
}

const maxAnswers = 10_000;
const inactiveSeconds = 5;

/**
 * Remembers introspection answers by the hash of the token: an active one for at most `cacheSeconds` and never past its
 * `exp`, an inactive one for five seconds. A shared store, if there is one, stands behind the memory of this process.
 */
export class AnswerCache {
  readonly #answers = new BoundedCache<KeptAnswer>(maxAnswers);

  constructor(
    private readonly cacheSeconds: number,
    private readonly now: () => number,
    private readonly shared: IntrospectionStore | undefined,
  ) {}

  get(key: string): JsonObject | undefined {
    const kept = this.#answers.get(key);
    if (kept === undefined) return undefined;
    if (isRunning(kept.keptAt, kept.ttlMs, this.now())) return kept.answer;
    this.#answers.delete(key);
    return undefined;
  }

  /**
   * What the store has. It is not kept here as well: how much of its time it has left, only the store knows.
   *
   * @throws whatever the store throws
   */
  async getShared(key: string): Promise<JsonObject | undefined> {
    const answer: unknown = await this.shared?.get(key);
    return typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? (answer as JsonObject) : undefined;
  }

  keep(key: string, answer: JsonObject): void {
    const ttlSeconds = this.#ttlSeconds(answer);
    this.#answers.delete(key); // An answer that says active must not outlive one that says otherwise.
    if (ttlSeconds > 0) this.#answers.set(key, { answer, keptAt: this.now(), ttlMs: ttlSeconds * 1000 });
  }

  /** @throws whatever the store throws */
  async share(key: string, answer: JsonObject): Promise<void> {
    const ttlSeconds = this.#ttlSeconds(answer);
    if (ttlSeconds > 0) await this.shared?.set(key, answer, ttlSeconds);
  }

  #ttlSeconds({ active, exp }: JsonObject): number {
    if (active !== true) return inactiveSeconds;
    const left = typeof exp === 'number' ? exp - this.now() / 1000 : 0;
    return Math.min(this.cacheSeconds, left);
  }
}

/** SHA-256 of the issuer and the token: two issuers that share a store never meet under one key. */
export const answerKey = (issuer: string, token: BearerToken): string =>
  createHash('sha256').update(`${issuer}\n${token}`).digest('base64url');
