import { InvalidTokenError } from '../errors/token-errors.js';
import type { ClaimSettings } from './claim-settings.js';
import type { ValidClaims } from './valid-claims.js';

/** A sign that a token is not an access token. */
interface ForeignMark {
  readonly tokenClass: string;
  readonly shows: (claims: ValidClaims, settings: ClaimSettings) => boolean;
}

/**
 * An issuer signs all its tokens with the same keys, so a signature does not tell them apart (RFC 8725 §3.11). These
 * claims do: access tokens do not have them.
 */
const foreignMarks: readonly ForeignMark[] = [
  // OpenID Connect Core §2, §3.1.3.6, §3.3.2.11: the claims that bind an ID token to a login and its other tokens.
  { tokenClass: 'ID token', shows: (claims) => hasAny(claims, ['nonce', 'at_hash', 'c_hash', 's_hash']) },
  // OpenID Connect Back-Channel Logout §2.4, RFC 8417 §2.2.
  { tokenClass: 'logout or security event token', shows: (claims) => claims.events !== undefined },
  // AuthKit and Connect share keys: the sid of a session has this prefix, that of a consent another.
  { tokenClass: 'session token', shows: ({ sid }) => sid?.startsWith('session_') === true },
  {
    tokenClass: 'session token',
    shows: ({ sid }, { profile }) => profile === 'connect' && sid !== undefined && !sid.startsWith('app_consent_'),
  },
  // Some issuers write the class into a claim: Amazon Cognito, Keycloak, and those whose refresh tokens are JWTs.
  { tokenClass: 'other token', shows: ({ token_use: use }) => use !== undefined && use !== 'access' },
  { tokenClass: 'other token', shows: ({ typ }) => typ !== undefined && !isOneOf(typ, ['Bearer', 'JWT', 'at+jwt']) },
  {
    tokenClass: 'refresh token',
    shows: ({ token_type: type }) => type !== undefined && !isOneOf(type, ['Bearer', 'bearer', 'access_token']),
  },
];

/** Refuses ID, session, refresh, logout and other tokens, even if the right issuer signed them for the right audience. */
export function checkTokenClass(claims: ValidClaims, settings: ClaimSettings): void {
  for (const { tokenClass, shows } of foreignMarks) {
    if (shows(claims, settings)) throw new InvalidTokenError('wrong_type', tokenClass);
  }
}

const hasAny = (claims: ValidClaims, names: readonly string[]): boolean =>
  names.some((name) => claims[name] !== undefined);

const isOneOf = (value: unknown, allowed: readonly string[]): boolean =>
  typeof value === 'string' && allowed.includes(value);
