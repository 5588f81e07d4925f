import { constants } from 'node:crypto';

/** The parameters of a signature algorithm for `crypto.verify`, and the keys that may be used with it (RFC 7518 §3). */
export interface Algorithm {
  readonly kty: 'RSA' | 'EC' | 'OKP';
  /** The curve, for EC and OKP. */
  readonly crv?: string;
  /** The digest; `null` where the algorithm defines its own. */
  readonly digest: string | null;
  readonly options: Readonly<Record<string, unknown>>;
}

const pkcs1 = (digest: string): Algorithm => ({ kty: 'RSA', digest, options: {} });

const pss = (digest: string): Algorithm => ({
  kty: 'RSA',
  digest,
  // RFC 7518 §3.5: the salt is as long as the digest.
  options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
});

// RFC 7518 §3.4: the signature is R and S concatenated, not DER.
const ecdsa = (crv: string, digest: string): Algorithm => ({
  kty: 'EC',
  crv,
  digest,
  options: { dsaEncoding: 'ieee-p1363' },
});

/** Asymmetric algorithms only: `none` and HMAC are not in the table, so no option can allow them. */
export const algorithms = {
  RS256: pkcs1('sha256'),
  RS384: pkcs1('sha384'),
  RS512: pkcs1('sha512'),
  PS256: pss('sha256'),
  PS384: pss('sha384'),
  PS512: pss('sha512'),
  ES256: ecdsa('P-256', 'sha256'),
  ES384: ecdsa('P-384', 'sha384'),
  ES512: ecdsa('P-521', 'sha512'),
  EdDSA: { kty: 'OKP', crv: 'Ed25519', digest: null, options: {} },
} as const satisfies Record<string, Algorithm>;

/** The name of a signature algorithm (RFC 7518 §3.1, RFC 8037 §3.1). */
export type AlgorithmName = keyof typeof algorithms;

export const defaultAlgorithms: readonly AlgorithmName[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];

export const isAlgorithmName = (name: unknown): name is AlgorithmName =>
  typeof name === 'string' && Object.hasOwn(algorithms, name);
