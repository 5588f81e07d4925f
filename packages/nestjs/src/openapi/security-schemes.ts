import type { AcceptedIssuer } from '@connect-auth/core';

/** The names of the security schemes, one for each issuer: `connect`, `connect-2` … */
export const schemeNames = (issuers: readonly AcceptedIssuer[]): readonly string[] =>
  issuers.map((_issuer, at) => (at === 0 ? 'connect' : `connect-${at + 1}`));

/** OpenAPI 3.0, Security Scheme Object: by discovery is the one way of an issuer's own to name scopes in requirements. */
export const securitySchemes = (issuers: readonly AcceptedIssuer[]): Readonly<Record<string, object>> =>
  Object.fromEntries(schemeNames(issuers).map((name, at) => [name, byDiscovery(issuers[at]?.issuer ?? '')]));

const byDiscovery = (issuer: string) => ({
  type: 'openIdConnect',
  openIdConnectUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
});
