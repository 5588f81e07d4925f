import type { Clock } from '../clock/clock.js';
import type { SigningAlgorithm } from './signing-algorithm.js';
import { createSigningKey, type PublicJwks, type SigningKey } from './signing-key.js';

/** The issuer's signing keys, of which one signs and some are served by the JWKS endpoint. */
export interface TestKeys {
  /** The `kid` of the key that signs tokens. */
  readonly current: string;
  /** Makes a key, publishes it and signs with it from now on; older keys stay published. Returns its `kid`. */
  readonly rotate: (algorithm?: SigningAlgorithm) => string;
  /** Makes a key that is not published yet. Sign with it by `token({ key: kid })`. Returns its `kid`. */
  readonly prepare: (algorithm?: SigningAlgorithm) => string;
  /** Publishes a prepared or a withdrawn key. */
  readonly publish: (kid: string) => void;
  /** Removes a key from the JWKS. It still signs if it is the current one. */
  readonly withdraw: (kid: string) => void;
  /** Returns the published keys as a JWK Set (RFC 7517 §5). */
  readonly jwks: () => PublicJwks;
}

export interface KeyRing extends TestKeys {
  /** Returns the key with that `kid`, published or not; the current one if none is named. */
  readonly signingKey: (kid?: string) => SigningKey;
  /** Returns a key that is never published: one for each algorithm, made at first use. */
  readonly strangerKey: (algorithm: SigningAlgorithm) => SigningKey;
}

export function createKeyRing(algorithm: SigningAlgorithm, clock: Clock): KeyRing {
  const keys = new Map<string, SigningKey>();
  const published = new Set<string>();
  const strangers = new Map<SigningAlgorithm, SigningKey>();

  function prepare(chosen: SigningAlgorithm = algorithm): string {
    const key = createSigningKey(chosen, clock.now());
    keys.set(key.kid, key);
    return key.kid;
  }

  function publish(kid: string): void {
    published.add(signingKey(kid).kid);
  }

  function signingKey(kid: string = current): SigningKey {
    const key = keys.get(kid);
    if (key === undefined) throw new Error(`The test issuer has no key with kid ${kid}.`);
    return key;
  }

  let current = prepare();
  publish(current);

  return {
    get current() {
      return current;
    },
    rotate: (chosen) => {
      current = prepare(chosen);
      publish(current);
      return current;
    },
    prepare,
    publish,
    withdraw: (kid) => {
      published.delete(signingKey(kid).kid);
    },
    jwks: () => ({ keys: [...published].map((kid) => signingKey(kid).publicJwk) }),
    signingKey,
    strangerKey: (chosen) => {
      const known = strangers.get(chosen) ?? createSigningKey(chosen, clock.now());
      strangers.set(chosen, known);
      return known;
    },
  };
}
