import type { AcceptedIssuer } from '@connect-auth/core';

/** Names the security schemes, one for each issuer: `connect`, `connect-2` … */
export const schemeNames = (issuers: readonly AcceptedIssuer[]): readonly string[] =>
  issuers.map((_issuer, at) => (at === 0 ? 'connect' : `connect-${at + 1}`));

/**
 * Describes each issuer by discovery, the only type of scheme that allows requirements to name scopes and needs nothing
 * but the issuer itself (OpenAPI 3.0, Security Scheme Object).
 */
export const securitySchemes = (issuers: readonly AcceptedIssuer[]): Readonly<Record<string, object>> =>
  Object.fromEntries(schemeNames(issuers).map((name, at) => [name, byDiscovery(issuers[at]?.issuer ?? '')]));

const byDiscovery = (issuer: string) => ({
  type: 'openIdConnect',
  openIdConnectUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
});
