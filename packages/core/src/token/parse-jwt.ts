import { InvalidTokenError } from '../errors/token-errors.js';
import { type BearerToken, checkToken68 } from './bearer-token.js';
import { decodeBase64url } from './decode-base64url.js';
import { parseHeader } from './parse-header.js';
import { parseJsonObject } from './parse-json-object.js';
import type { UnverifiedJwt } from './unverified-jwt.js';

/**
 * Stage 2: takes a token apart, or finds that it is opaque. Two dots make a JWT (RFC 7515 §3.1), and what has them is
 * held to be one: a JWT with a flaw is malformed, never an opaque token that an issuer might still be asked about.
 *
 * @returns the parts, or `undefined` for an opaque token
 * @throws InvalidTokenError `malformed`
 */
export function parseJwt(token: BearerToken): UnverifiedJwt | undefined {
  const first = token.indexOf('.');
  const second = token.indexOf('.', first + 1);
  if (first < 0 || second < 0 || token.includes('.', second + 1)) {
    checkToken68(token);
    return undefined;
  }
  return {
    header: parseHeader(token.slice(0, first)),
    unverifiedPayload: parseJsonObject(decodeBase64url(token.slice(first + 1, second))),
    signingInput: token.slice(0, second),
    signature: decodeBase64url(token.slice(second + 1)),
  };
}

/** The same, where an opaque token will not do. @throws InvalidTokenError `malformed` */
export function requireJwt(token: BearerToken): UnverifiedJwt {
  const jwt = parseJwt(token);
  if (jwt === undefined) throw new InvalidTokenError('malformed', 'not a JWT');
  return jwt;
}
