import type { SigningAlgorithm } from '../keys/signing-algorithm.js';
import type { SiteMap } from './site-map.js';

const scopes = ['email', 'offline_access', 'openid', 'profile'];
const userGrants = ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'];

function sharedMetadata(issuer: string, site: SiteMap) {
  return {
    issuer,
    authorization_endpoint: site.url('/oauth2/authorize'),
    device_authorization_endpoint: site.url('/oauth2/device_authorization'),
    introspection_endpoint: site.url('/oauth2/introspection'),
    jwks_uri: site.url('/oauth2/jwks'),
    response_types_supported: ['code'],
    scopes_supported: scopes,
    token_endpoint: site.url('/oauth2/token'),
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
  };
}

/** Returns the members Connect serves of OpenID Connect Discovery 1.0 §3. Some of the URLs answer 404 here. */
export function openidConfiguration(issuer: string, site: SiteMap, algorithm: SigningAlgorithm) {
  return {
    ...sharedMetadata(issuer, site),
    grant_types_supported: ['client_credentials', ...userGrants],
    id_token_signing_alg_values_supported: [algorithm],
    subject_types_supported: ['public'],
    userinfo_endpoint: site.url('/oauth2/userinfo'),
  };
}

/** Returns the members Connect serves of RFC 8414 §2: only here is PKCE named, and client_credentials is not. */
export function authorizationServerMetadata(issuer: string, site: SiteMap) {
  return {
    ...sharedMetadata(issuer, site),
    client_id_metadata_document_supported: true,
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: userGrants,
    response_modes_supported: ['query'],
  };
}
