import { defaultClient, defaultOrgId } from '../clients/test-client.js';
import { type Clock, nowSeconds } from '../clock/clock.js';
import { createUlid } from '../keys/ulid.js';
import type { GrantOptions } from './token-options.js';

/** The settings shared by all tokens of an issuer. */
export interface IssuerProfile {
  readonly issuer: string;
  readonly audience: string;
  readonly environmentClientId: string;
  readonly lifetimeSeconds: number;
  readonly clock: Clock;
}

/** Makes the claims of a good access token (RFC 7519 §4.1, RFC 8693 §4.2 and §4.3, and Connect's `org_id`). */
export function grantClaims(profile: IssuerProfile, options: GrantOptions = {}): Record<string, unknown> {
  const client = options.client ?? defaultClient.clientId;
  const org = options.org === undefined ? defaultOrgId : options.org;
  const scopes = options.scopes ?? ['projects:read'];
  const issuedAt = nowSeconds(profile.clock);
  return {
    iss: profile.issuer,
    aud: options.audience ?? profile.audience,
    sub: options.user ?? client,
    client_id: client,
    ...(org === null ? {} : { org_id: org }),
    jti: createUlid(profile.clock.now()),
    exp: issuedAt + (options.lifetimeSeconds ?? profile.lifetimeSeconds),
    iat: issuedAt,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
  };
}

/** Returns the claims without those named. */
export function omitClaims(claims: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
}
