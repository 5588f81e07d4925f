import { InvalidTokenError } from '../errors/token-errors.js';
import type { JsonObject } from '../token/unverified-jwt.js';

/** The claims that say who the token is for, who issued it, and when it expires. */
const always = ['iss', 'sub', 'exp'];

/** RFC 7519 §4: every claim that the application requires must be present. `null` counts as absent. */
export function checkRequiredClaims(claims: JsonObject, required: readonly string[]): void {
  for (const name of always) requireClaim(claims, name);
  for (const name of required) requireClaim(claims, name);
}

function requireClaim(claims: JsonObject, name: string): void {
  if (!Object.hasOwn(claims, name) || claims[name] === null) throw new InvalidTokenError('missing_claim', name);
}
