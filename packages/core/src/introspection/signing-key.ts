import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { AlgorithmName } from '../keys/algorithms.js';
import type { JsonObject } from '../token/unverified-jwt.js';

/** A private key as PEM text, as a JWK, or already imported. */
export type PrivateKey = string | JsonObject | KeyObject;

/** A private key and its signature algorithm. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly alg: AlgorithmName;
  /** From the JWK, if it was one. */
  readonly kid: string | undefined;
}

/** @returns the key, or `undefined` if it is not a private key of RSA, P-256 or Ed25519 */
export function importSigningKey(privateKey: PrivateKey): SigningKey | undefined {
  const key = importPrivateKey(privateKey);
  const alg = key && algorithmOf(key);
  return key && alg && { key, alg, kid: kidOf(privateKey) };
}

function importPrivateKey(privateKey: PrivateKey): KeyObject | undefined {
  try {
    if (typeof privateKey === 'string') return createPrivateKey(privateKey);
    if (isKeyObject(privateKey)) return privateKey;
    return createPrivateKey({ key: privateKey as never, format: 'jwk' });
  } catch {
    return undefined; // The error could reveal parts of the key.
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): AlgorithmName | undefined {
  if (asymmetricKeyType === 'rsa') return 'RS256';
  if (asymmetricKeyType === 'ed25519') return 'EdDSA';
  return asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ES256' : undefined;
}

const isKeyObject = (key: JsonObject | KeyObject): key is KeyObject => key.type === 'private';

const kidOf = (privateKey: PrivateKey): string | undefined => {
  const kid = typeof privateKey === 'object' && !isKeyObject(privateKey) ? privateKey.kid : undefined;
  return typeof kid === 'string' ? kid : undefined;
};
