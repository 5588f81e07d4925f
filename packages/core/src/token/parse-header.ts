import { BoundedCache } from '../cache/bounded-cache.js';
import { InvalidTokenError } from '../errors/token-errors.js';
import { decodeBase64url } from './decode-base64url.js';
import { parseJsonObject } from './parse-json-object.js';
import type { JwtHeader } from './unverified-jwt.js';

/** An issuer puts the same header on every token until it changes its key. */
const parsedHeaders = new BoundedCache<JwtHeader>(256);

/**
 * Reads the JOSE header (RFC 7515 §4). `jku`, `jwk`, `x5u` and `x5c` are dropped: a token does not get to
 * choose the key that it is checked with.
 *
 * @throws InvalidTokenError `malformed`
 */
export function parseHeader(encoded: string): JwtHeader {
  const known = parsedHeaders.get(encoded);
  if (known !== undefined) return known;
  const { alg, kid, typ, crit } = parseJsonObject(decodeBase64url(encoded));
  // RFC 7515 §4.1.11: a critical extension that is not understood makes the token invalid, and none is understood here.
  if (crit !== undefined) throw new InvalidTokenError('malformed', 'crit');
  if (typeof alg !== 'string') throw new InvalidTokenError('malformed', 'alg');
  if (!isTextOrAbsent(kid)) throw new InvalidTokenError('malformed', 'kid');
  if (!isTextOrAbsent(typ)) throw new InvalidTokenError('malformed', 'typ');
  const header: JwtHeader = Object.freeze({ alg, kid, typ });
  parsedHeaders.set(encoded, header);
  return header;
}

const isTextOrAbsent = (value: unknown): value is string | undefined =>
  value === undefined || (typeof value === 'string' && value !== '');
