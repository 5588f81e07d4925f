import { InvalidTokenError } from '../errors/token-errors.js';
import type { JsonObject } from '../token/unverified-jwt.js';

const textClaims = ['iss', 'sub', 'jti', 'client_id', 'azp', 'org_id', 'sid'];
const timeClaims = ['exp', 'iat', 'nbf'];
const listClaims = ['aud', 'scope'];

/** Checks the type of each claim that is present: a non-empty string, a finite NumericDate (RFC 7519 §2), or strings. */
export function checkClaimTypes(claims: JsonObject): void {
  for (const name of textClaims) checkClaim(claims, name, isText);
  for (const name of timeClaims) checkClaim(claims, name, isNumericDate);
  for (const name of listClaims) checkClaim(claims, name, isTextOrTexts);
}

function checkClaim(claims: JsonObject, name: string, isOfType: (value: unknown) => boolean): void {
  const value = claims[name];
  if (value !== undefined && !isOfType(value)) throw new InvalidTokenError('invalid_claim', name);
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

// JSON has no infinity, but its parser turns 1e999 into one.
const isNumericDate = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

const isTextOrTexts = (value: unknown): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.every((member) => typeof member === 'string'));
