import type { ServerSettings } from '../../options/server-settings.js';
import { routes } from './routes.js';

const clientAuthMethods = ['none', 'client_secret_basic', 'client_secret_post'];
const userGrants = ['authorization_code', 'refresh_token'];

/** The members of both documents in both profiles. Every URL begins with the issuer, whatever the request claims. */
function endpoints({ issuer }: ServerSettings) {
  return {
    issuer,
    authorization_endpoint: issuer + routes.authorization,
    token_endpoint: issuer + routes.token,
    introspection_endpoint: issuer + routes.introspection,
    jwks_uri: issuer + routes.jwks,
    response_types_supported: ['code'],
    scopes_supported: ['email', 'offline_access', 'openid', 'profile'],
    token_endpoint_auth_methods_supported: clientAuthMethods,
  };
}

/** The members of the standard profile only: WorkOS omits them, or does not support the feature. */
function standardExtras({ issuer }: ServerSettings) {
  return {
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ['S256'],
    dpop_signing_alg_values_supported: ['ES256', 'Ed25519', 'EdDSA'],
    grant_types_supported: [...userGrants, 'client_credentials'],
    introspection_endpoint_auth_methods_supported: clientAuthMethods,
    // If omitted, it would mean true (OpenID Connect Discovery §3).
    request_uri_parameter_supported: false,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    revocation_endpoint: issuer + routes.revocation,
    revocation_endpoint_auth_methods_supported: clientAuthMethods,
  };
}

/** `/.well-known/openid-configuration` (OpenID Connect Discovery §3). */
export function openidConfiguration(settings: ServerSettings, algorithm: string): Record<string, unknown> {
  return {
    ...endpoints(settings),
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    id_token_signing_alg_values_supported: [algorithm],
    subject_types_supported: ['public'],
    ...(settings.profile === 'standard' && standardExtras(settings)),
  };
}

/** `/.well-known/oauth-authorization-server` (RFC 8414 §3). WorkOS's does not list `client_credentials`. */
export function authorizationServerMetadata(settings: ServerSettings): Record<string, unknown> {
  return {
    ...endpoints(settings),
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: userGrants,
    response_modes_supported: ['query'],
    ...(settings.profile === 'standard' && standardExtras(settings)),
  };
}
