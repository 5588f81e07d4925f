import type { JsonObject, JwtHeader } from '../token/unverified-jwt.js';
import type { AlgorithmName } from './algorithms.js';
import { importKey, type VerificationKey } from './verification-key.js';

/** A set with more keys is an attack or an accident. */
const maxKeys = 100;

/** The keys that an issuer published at one moment. */
export class KeySet {
  private constructor(private readonly keys: readonly VerificationKey[]) {}

  /**
   * Reads a JWK Set document (RFC 7517 §5). Unusable keys are ignored, as §5 asks; a key that was
   * there before stays the same object, so that the tokens it verified stay verified.
   *
   * @throws Error if the document is not a JWK Set or holds more than 100 keys
   */
  static read(document: unknown, allowed: ReadonlySet<AlgorithmName>, previous?: KeySet): KeySet {
    const members = (document as { keys?: unknown } | null)?.keys;
    if (!Array.isArray(members)) throw new Error('the answer is not a JWK Set');
    if (members.length > maxKeys) throw new Error(`the JWK Set holds more than ${maxKeys} keys`);

    const previousKeys = new Map(previous?.keys.map((key) => [key.fingerprint, key]));
    const keys = new Map<string, VerificationKey>();
    for (const member of members) {
      const key = isObject(member) ? importKey(member, allowed) : undefined;
      if (key !== undefined) keys.set(key.fingerprint, previousKeys.get(key.fingerprint) ?? key);
    }
    return new KeySet([...keys.values()]);
  }

  get size(): number {
    return this.keys.length;
  }

  /**
   * Returns the one key that matches a header: by its `kid`, if it has one, and by its algorithm. If several match, none is
   * returned: callers must not make this server try keys.
   */
  find({ kid, alg }: JwtHeader): VerificationKey | undefined {
    let found: VerificationKey | undefined;
    for (const key of this.keys) {
      if ((kid !== undefined && key.kid !== kid) || !key.algorithms.has(alg as AlgorithmName)) continue;
      if (found !== undefined) return undefined;
      found = key;
    }
    return found;
  }

  /** Marks the keys that are not in `next` as withdrawn. */
  withdrawAllBut(next: KeySet): void {
    for (const key of this.keys) key.published = next.keys.includes(key);
  }
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
