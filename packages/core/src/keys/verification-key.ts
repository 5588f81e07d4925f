import { createPublicKey, type KeyObject } from 'node:crypto';
import type { JsonObject } from '../token/unverified-jwt.js';
import { type Algorithm, type AlgorithmName, algorithms } from './algorithms.js';

/** A public key of an issuer, imported and checked once. */
export interface VerificationKey {
  readonly kid: string | undefined;
  /** The algorithms that the key may be used with here. */
  readonly algorithms: ReadonlySet<AlgorithmName>;
  readonly keyObject: KeyObject;
  /** The canonical text of the published key: two keys are the same only if their fingerprints are. */
  readonly fingerprint: string;
  /** Turns false when the issuer stops publishing the key; tokens that it verified are then checked anew. */
  published: boolean;
}

/** RFC 7518 §6.2.2, §6.3.2, §6.4.1: an issuer that publishes one of these has published the private or shared key. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Imports one member of a JWK Set (RFC 7517 §4).
 *
 * @returns the key, or `undefined` if it is not for verifying signatures with one of `allowed`, or not to be trusted:
 *   private, symmetric, RSA outside 2048–8192 bits or with a trivial exponent, or on another curve
 */
export function importKey(jwk: JsonObject, allowed: ReadonlySet<AlgorithmName>): VerificationKey | undefined {
  if (!isForVerifying(jwk) || secretMembers.some((member) => Object.hasOwn(jwk, member))) return undefined;
  const { kid } = jwk;
  if (kid !== undefined && (typeof kid !== 'string' || kid === '')) return undefined;

  const usable = [...allowed].filter((name) => suits(jwk, name));
  const keyObject = usable.length === 0 ? undefined : toKeyObject(jwk);
  if (keyObject === undefined || !isStrong(keyObject)) return undefined;
  return { kid, algorithms: new Set(usable), keyObject, fingerprint: fingerprintOf(jwk), published: true };
}

/** RFC 7517 §4.2, §4.3. */
function isForVerifying({ use, key_ops: operations }: JsonObject): boolean {
  if (use !== undefined && use !== 'sig') return false;
  return operations === undefined || (Array.isArray(operations) && operations.includes('verify'));
}

function suits(jwk: JsonObject, name: AlgorithmName): boolean {
  if (jwk.alg !== undefined && jwk.alg !== name) return false;
  const { kty, crv }: Algorithm = algorithms[name];
  return jwk.kty === kty && (crv === undefined || jwk.crv === crv);
}

function toKeyObject(jwk: JsonObject): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk as never, format: 'jwk' });
  } catch {
    return undefined; // Not a point on the curve, not base64url, or a member is missing: such a key cannot verify anything.
  }
}

/** RFC 7518 §3.3 asks for 2048 bits; above 8192, verifying costs too much for a request; with e = 1 anything is a valid signature. */
function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType !== 'rsa') return true;
  const { modulusLength = 0, publicExponent = 0n } = asymmetricKeyDetails ?? {};
  const soundExponent = publicExponent >= 3n && publicExponent < 2n ** 33n && publicExponent % 2n === 1n;
  return modulusLength >= 2048 && modulusLength <= 8192 && soundExponent;
}

const fingerprintOf = (jwk: JsonObject): string =>
  JSON.stringify(['kid', 'kty', 'alg', 'crv', 'n', 'e', 'x', 'y'].map((member) => jwk[member]));
