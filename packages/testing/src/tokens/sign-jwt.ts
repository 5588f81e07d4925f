import { signWith } from '../keys/signing-algorithm.js';
import type { SigningKey } from '../keys/signing-key.js';

/** The members of a JOSE header or of a claims set, by name. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Encodes one part of a compact JWS: base64url of the text, or of the value as JSON (RFC 7515 §7.1). */
export function encodePart(value: string | object): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** Signs a compact JWS (RFC 7515 §5.1). A text payload is signed as it is, JSON or not. */
export function signJwt(header: JsonObject, payload: string | object, key: SigningKey): string {
  const signingInput = `${encodePart(header)}.${encodePart(payload)}`;
  return `${signingInput}.${signWith(key.algorithm, signingInput, key.privateKey).toString('base64url')}`;
}

/** Returns the header Connect sends: algorithm and key, no `typ`. */
export function headerFor(key: SigningKey): { alg: string; kid: string } {
  return { alg: key.algorithm, kid: key.kid };
}
