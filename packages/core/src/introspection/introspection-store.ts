import type { JsonObject } from '../token/unverified-jwt.js';

/**
 * A cache of introspection answers that several processes share. It never sees a token: `key` is the SHA-256 of one. A
 * store that fails is gone around, to the issuer; what it returns is checked like an answer that came from there.
 */
export interface IntrospectionStore {
  get(key: string): Promise<JsonObject | undefined>;
  /** Keeps an answer for at most `ttlSeconds`. */
  set(key: string, answer: JsonObject, ttlSeconds: number): Promise<void>;
}
