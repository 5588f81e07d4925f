/** The endpoints' paths, which are WorkOS's. The two metadata documents stand where their standards put them. */
export const routes = {
  authorization: '/oauth2/authorize',
  introspection: '/oauth2/introspection',
  jwks: '/oauth2/jwks',
  revocation: '/oauth2/revoke',
  token: '/oauth2/token',
};

export const openidConfigurationPath = '/.well-known/openid-configuration';
export const authorizationServerPath = '/.well-known/oauth-authorization-server';
