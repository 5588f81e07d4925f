import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** The algorithm that signs access tokens and ID tokens (RFC 7518 §3.1, RFC 8037 §3.1). */
export type SigningAlgorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA';

export const signingAlgorithms: readonly SigningAlgorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];

export interface SigningKeyPair {
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

/** Generates a key pair: RSA of 2048 bits, P-256, or Ed25519. */
export async function generateSigningKey(algorithm: SigningAlgorithm, kid: string): Promise<SigningKeyPair> {
  const pair = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  const about = { kid, use: 'sig', alg: algorithm };
  return {
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...about },
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...about },
  };
}
