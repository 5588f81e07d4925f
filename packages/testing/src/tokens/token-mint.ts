import { randomBytes } from 'node:crypto';
import { defaultClient } from '../clients/test-client.js';
import { nowSeconds } from '../clock/clock.js';
import type { KeyRing } from '../keys/key-ring.js';
import { grantClaims, type IssuerProfile, omitClaims } from './grant-claims.js';
import { headerFor, signJwt } from './sign-jwt.js';
import type { OpaqueTokenOptions, TokenOptions } from './token-options.js';
import type { TokenRegister } from './token-register.js';

/** Makes good tokens, and adds them to the register that introspection reads. */
export interface TokenMint {
  /** Makes a signed JWT. */
  readonly token: (options?: TokenOptions) => string;
  /** Makes an access token that only the issuer can interpret. */
  readonly opaqueToken: (options?: OpaqueTokenOptions) => string;
  /** Makes an opaque refresh token (RFC 6749 §1.5): active at introspection, but not an access token. */
  readonly refreshToken: (options?: Pick<OpaqueTokenOptions, 'client' | 'user' | 'answer'>) => string;
}

export function createTokenMint(profile: IssuerProfile, keys: KeyRing, register: TokenRegister): TokenMint {
  function token(options: TokenOptions = {}): string {
    const key = keys.signingKey(options.key);
    const claims = omitClaims({ ...grantClaims(profile, options), ...options.claims }, options.omit ?? []);
    const jwt = signJwt({ ...headerFor(key), ...options.header }, claims, key);
    if (options.registered !== false) {
      register.add(jwt, { tokenType: 'access_token', clientId: options.client ?? defaultClient.clientId, claims });
    }
    return jwt;
  }

  function opaqueToken(options: OpaqueTokenOptions = {}): string {
    const text = randomBytes(32).toString('base64url');
    register.add(text, {
      tokenType: 'access_token',
      clientId: options.client ?? defaultClient.clientId,
      claims: grantClaims(profile, options),
      ...(options.answer === undefined ? {} : { answer: options.answer }),
    });
    return text;
  }

  function refreshToken(options: Pick<OpaqueTokenOptions, 'client' | 'user' | 'answer'> = {}): string {
    const text = randomBytes(32).toString('base64url');
    const clientId = options.client ?? defaultClient.clientId;
    register.add(text, {
      tokenType: 'refresh_token',
      clientId,
      claims: { iss: profile.issuer, sub: options.user ?? clientId, iat: nowSeconds(profile.clock) },
      ...(options.answer === undefined ? {} : { answer: options.answer }),
    });
    return text;
  }

  return { token, opaqueToken, refreshToken };
}
