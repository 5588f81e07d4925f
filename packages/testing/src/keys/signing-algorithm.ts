import { constants, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';

/** A JWS algorithm of RFC 7518 §3.1 or RFC 8037 §3.1 that an issuer signs access tokens with. */
export type SigningAlgorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA';

export const signingAlgorithms: readonly SigningAlgorithm[] = Object.freeze(['RS256', 'PS256', 'ES256', 'EdDSA']);

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Makes a key pair of the kind that the algorithm requires: RSA of 2048 bits, P-256, or Ed25519. */
export function generateKeyPairFor(algorithm: SigningAlgorithm): KeyPair {
  switch (algorithm) {
    case 'RS256':
    case 'PS256':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'EdDSA':
      return generateKeyPairSync('ed25519');
  }
}

export function signWith(algorithm: SigningAlgorithm, data: string, privateKey: KeyObject): Buffer {
  return sign(digestOf(algorithm), Buffer.from(data), { key: privateKey, ...parametersOf(algorithm) });
}

export function verifyWith(
  algorithm: SigningAlgorithm,
  data: string,
  publicKey: KeyObject,
  signature: Buffer,
): boolean {
  return verify(digestOf(algorithm), Buffer.from(data), { key: publicKey, ...parametersOf(algorithm) }, signature);
}

function digestOf(algorithm: SigningAlgorithm): 'sha256' | null {
  return algorithm === 'EdDSA' ? null : 'sha256';
}

function parametersOf(algorithm: SigningAlgorithm) {
  // RFC 7518 §3.5: the salt is as long as the hash. §3.4: r and s side by side, not DER.
  if (algorithm === 'PS256') return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  if (algorithm === 'ES256') return { dsaEncoding: 'ieee-p1363' as const };
  return {};
}
