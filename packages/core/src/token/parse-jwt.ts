import { InvalidTokenError } from '../errors/token-errors.js';
import { type BearerToken, checkToken68 } from './bearer-token.js';
import { decodeBase64url } from './decode-base64url.js';
import { parseHeader } from './parse-header.js';
import { parseJsonObject } from './parse-json-object.js';
import type { UnverifiedJwt } from './unverified-jwt.js';

/**
 * Stage 2: splits a token into its parts, or finds that it is opaque. Every token with two dots counts as a JWT (RFC 7515
 * §3.1): a flawed one is malformed, and never an opaque token that could still be introspected.
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

/** Does the same, and refuses an opaque token. @throws InvalidTokenError `malformed` */
export function requireJwt(token: BearerToken): UnverifiedJwt {
  const jwt = parseJwt(token);
  if (jwt === undefined) throw new InvalidTokenError('malformed', 'not a JWT');
  return jwt;
}
