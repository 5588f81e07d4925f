import type { KeyPair, SigningAlgorithm } from './signing-algorithm.js';
import { generateKeyPairFor } from './signing-algorithm.js';
import { createUlid } from './ulid.js';

/** A public key as the JWKS endpoint serves it (RFC 7517 §4). */
export interface PublicJwk {
  readonly kty: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: SigningAlgorithm;
  readonly n?: string;
  readonly e?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
}

/** A JWK Set (RFC 7517 §5). */
export interface PublicJwks {
  readonly keys: PublicJwk[];
}

export interface SigningKey extends KeyPair {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly publicJwk: PublicJwk;
}

/** Makes a signing key with a `kid` of the form Connect uses, `sso_oidc_key_pair_<ULID>`. */
export function createSigningKey(algorithm: SigningAlgorithm, timeMs: number): SigningKey {
  const pair = generateKeyPairFor(algorithm);
  const kid = `sso_oidc_key_pair_${createUlid(timeMs)}`;
  const parameters = pair.publicKey.export({ format: 'jwk' }) as Pick<PublicJwk, 'kty' | 'n' | 'e' | 'crv' | 'x' | 'y'>;
  return { ...pair, kid, algorithm, publicJwk: { ...parameters, kid, use: 'sig', alg: algorithm } };
}
