import type { Auth, OrgAuth } from '@connect-auth/core';

const caller = {
  issuer: 'https://issuer.test',
  subject: 'client_01',
  actor: { type: 'client', id: 'client_01' },
  clientId: 'client_01',
  scopes: new Set<string>(),
  expiresAt: 9e9,
  claims: {},
  verifiedBy: 'jwks',
  token: 'a.b.c',
} as const satisfies Auth;

/** A verified caller that acts for an organization. */
export const callerOf = (orgId: string): OrgAuth => ({ ...caller, orgId });

/** A verified caller that acts for none. */
export const callerWithoutOrg: Auth = caller;
