import { InvalidTokenError } from '../errors/token-errors.js';
import type { JsonObject } from '../token/unverified-jwt.js';

declare const trust: unique symbol;

/** The members of an active introspection response, which came from the issuer itself over TLS (RFC 7662 §2.2). */
export type IntrospectedClaims = JsonObject & { readonly [trust]: 'IntrospectedClaims' };

/**
 * Reads a response as strictly as a token: only `true` is active, and a refresh token is not an access token.
 *
 * @throws InvalidTokenError `inactive`, `wrong_type`
 */
export function requireActive(response: JsonObject): IntrospectedClaims {
  if (response.active !== true) throw new InvalidTokenError('inactive');
  if (isRefreshToken(response.token_type)) throw new InvalidTokenError('wrong_type', 'refresh token');
  return response as IntrospectedClaims;
}

/** RFC 7662 §2.2 means the type of RFC 6749 §5.1 here, `Bearer`; Connect says which kind of token it is. */
const isRefreshToken = (tokenType: unknown): boolean =>
  tokenType !== undefined && (typeof tokenType !== 'string' || /^refresh/i.test(tokenType));

/** The claims by which a JWT and a response are known to describe the same token. */
const comparedClaims = ['iss', 'sub', 'client_id', 'azp', 'org_id', 'sid', 'jti', 'exp', 'iat', 'aud', 'scope'];

/**
 * Requires that a JWT and the response about it agree wherever both have a claim: an issuer that looks tokens up by `jti`
 * alone would vouch for a JWT with another organization in it.
 *
 * @throws InvalidTokenError `invalid_claim`
 */
export function requireAgreement(jwtClaims: JsonObject, response: IntrospectedClaims): void {
  for (const name of comparedClaims) requireSame(name, jwtClaims[name], response[name]);
  requireSame('client_id', jwtClaims.client_id ?? jwtClaims.azp, response.client_id ?? response.azp);
}

function requireSame(name: string, own: unknown, introspected: unknown): void {
  if (own !== undefined && introspected !== undefined && !isSame(membersOf(name, own), membersOf(name, introspected))) {
    throw new InvalidTokenError('invalid_claim', `${name} differs from the introspection response`);
  }
}

/** `aud` and `scope` are sets, written as one string or a list (RFC 7519 §4.1.3, RFC 6749 §3.3). */
function membersOf(name: string, value: unknown): ReadonlySet<unknown> {
  const text = name === 'scope' && typeof value === 'string';
  return new Set(text ? value.split(' ').filter(Boolean) : [value].flat());
}

const isSame = (own: ReadonlySet<unknown>, introspected: ReadonlySet<unknown>): boolean =>
  own.size === introspected.size && [...own].every((member) => introspected.has(member));
