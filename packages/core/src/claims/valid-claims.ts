import type { JsonObject } from '../token/unverified-jwt.js';

declare const trust: unique symbol;

/**
 * The claims of an access token that passed every check, each of the type that its definition asks for (RFC 7519 §4.1,
 * RFC 8693 §4.2 and §4.3, RFC 9068 §2.2). Other claims are as the issuer wrote them.
 */
export type ValidClaims = JsonObject & {
  readonly [trust]: 'ValidClaims';
  readonly iss: string;
  readonly sub: string;
  readonly exp: number;
  readonly iat?: number;
  readonly nbf?: number;
  readonly aud?: string | readonly string[];
  readonly jti?: string;
  readonly client_id?: string;
  readonly azp?: string;
  readonly org_id?: string;
  readonly sid?: string;
  readonly scope?: string | readonly string[];
};
