import { InvalidTokenError } from '../errors/token-errors.js';
import type { JsonObject } from '../token/unverified-jwt.js';

declare const trust: unique symbol;

/** The members of an introspection answer that says `active`, from the issuer itself, over TLS (RFC 7662 §2.2). */
export type AnsweredClaims = JsonObject & { readonly [trust]: 'AnsweredClaims' };

/**
 * Reads an answer as strictly as a token: only `true` is active, and a refresh token is no access token.
 *
 * @throws InvalidTokenError `inactive`, `wrong_type`
 */
export function requireActive(answer: JsonObject): AnsweredClaims {
  if (answer.active !== true) throw new InvalidTokenError('inactive');
  if (isRefreshToken(answer.token_type)) throw new InvalidTokenError('wrong_type', 'refresh token');
  return answer as AnsweredClaims;
}

/** RFC 7662 §2.2 means the type of RFC 6749 §5.1 here, `Bearer`; Connect says which kind of token it is. */
const isRefreshToken = (tokenType: unknown): boolean =>
  tokenType !== undefined && (typeof tokenType !== 'string' || /^refresh/i.test(tokenType));

/** What makes two accounts of a token accounts of the same token. */
const comparedClaims = ['iss', 'sub', 'client_id', 'azp', 'org_id', 'sid', 'jti', 'exp', 'iat', 'aud', 'scope'];

/**
 * A JWT and the answer about it must tell the same story wherever both say something: an issuer that looks tokens up by
 * `jti` alone would vouch for a JWT with another organization in it.
 *
 * @throws InvalidTokenError `invalid_claim`
 */
export function requireAgreement(jwtClaims: JsonObject, answer: AnsweredClaims): void {
  for (const name of comparedClaims) requireSame(name, jwtClaims[name], answer[name]);
  requireSame('client_id', jwtClaims.client_id ?? jwtClaims.azp, answer.client_id ?? answer.azp);
}

function requireSame(name: string, own: unknown, answered: unknown): void {
  if (own !== undefined && answered !== undefined && !isSame(membersOf(name, own), membersOf(name, answered))) {
    throw new InvalidTokenError('invalid_claim', `${name} differs from the introspection answer`);
  }
}

/** `aud` and `scope` are sets, written as one string or a list (RFC 7519 §4.1.3, RFC 6749 §3.3). */
function membersOf(name: string, value: unknown): ReadonlySet<unknown> {
  const text = name === 'scope' && typeof value === 'string';
  return new Set(text ? value.split(' ').filter(Boolean) : [value].flat());
}

const isSame = (own: ReadonlySet<unknown>, answered: ReadonlySet<unknown>): boolean =>
  own.size === answered.size && [...own].every((member) => answered.has(member));
