import type { RequestTarget } from './issuer-endpoint.js';

/** The paths that the issuer serves: Connect's, below the issuer identifier. */
export interface SiteMap {
  readonly openidConfigurationPath: string;
  readonly authorizationServerPath: string;
  readonly jwksPath: string;
  readonly tokenPath: string;
  readonly introspectionPath: string;
  /** Returns the absolute URL of a path below the issuer. */
  readonly url: (relativePath: string) => string;
  readonly targetOf: (path: string) => RequestTarget;
}

/** A prefix under which every path is served again, for the failure mode `redirect`. */
const DETOUR = '/elsewhere';

export const detourTo = (path: string): string => `${DETOUR}${path}`;

export const withoutDetour = (path: string): string =>
  path.startsWith(`${DETOUR}/`) ? path.slice(DETOUR.length) : path;

export function createSiteMap(issuer: string): SiteMap {
  const base = new URL(issuer).pathname.replace(/\/$/, '');
  const paths = {
    // OpenID Connect Discovery 1.0 §4 appends to the issuer's path, RFC 8414 §3 inserts before it.
    openidConfigurationPath: `${base}/.well-known/openid-configuration`,
    authorizationServerPath: `/.well-known/oauth-authorization-server${base}`,
    jwksPath: `${base}/oauth2/jwks`,
    tokenPath: `${base}/oauth2/token`,
    introspectionPath: `${base}/oauth2/introspection`,
  };
  const targets = new Map<string, RequestTarget>([
    [paths.openidConfigurationPath, 'discovery'],
    [paths.authorizationServerPath, 'discovery'],
    [paths.jwksPath, 'jwks'],
    [paths.tokenPath, 'token'],
    [paths.introspectionPath, 'introspection'],
  ]);
  return {
    ...paths,
    url: (relativePath) => `${issuer}${relativePath}`,
    targetOf: (path) => targets.get(path) ?? 'other',
  };
}
