import type { JsonObject } from '../token/unverified-jwt.js';

/**
 * A cache of introspection responses that several processes share. It never sees a token: `key` is the SHA-256 of one. A
 * store that fails is bypassed; what it returns is checked like a response of the issuer.
 */
export interface IntrospectionStore {
  get(key: string): Promise<JsonObject | undefined>;
  /** Keeps a response for at most `ttlSeconds`. */
  set(key: string, response: JsonObject, ttlSeconds: number): Promise<void>;
}
