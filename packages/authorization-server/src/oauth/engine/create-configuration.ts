import { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { ServerSettings } from '../../options/server-settings.js';
import { Artifacts } from '../../tokens/artifacts.js';
import { clientExtras } from '../clients/client-metadata.js';
import type { OAuthParts } from '../oauth-parts.js';
import { createAdapter } from './create-adapter.js';
import { AccessTokenIssuer } from './issue-access-token.js';
import { renderErrorPage } from './render-error-page.js';
import { oidcScopes, ResourceServers } from './resource-servers.js';
import { routes } from './routes.js';

/** A year: a grant must outlive its refresh tokens, and ends earlier only by revocation. */
const grantSeconds = 365 * 24 * 60 * 60;

/** Creates the engine's configuration for the current keys. */
export function createConfiguration(parts: OAuthParts, settings: ServerSettings): Configuration {
  const issuing = new AccessTokenIssuer(parts, settings);
  const { active } = parts.signingKeys.current;
  const resourceServers = new ResourceServers(settings, active);
  const standard = settings.profile === 'standard';

  return {
    adapter: createAdapter(parts),
    // Browser clients cannot keep a secret, and users cannot sign in yet.
    clientBasedCORS: () => false,
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    clientDefaults: { id_token_signed_response_alg: active.algorithm },
    cookies: { keys: [...settings.cookieKeys] },
    extraClientMetadata: { properties: [...clientExtras] },
    extraTokenClaims: issuing.extraClaims as never,
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      // WorkOS does not have it, and its introspection could not tell that a token is bound.
      dPoP: { enabled: standard },
      introspection: { enabled: true, allowedPolicy: introspectionPolicy(parts) },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: true, ...resourceServers } as never,
      revocation: { enabled: standard, allowedPolicy: isOwnToken } as never,
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    findAccount: (_ctx, userId, token) => findAccount(parts, userId, token as { grantId?: string } | undefined),
    formats: { customizers: { jwt: issuing.complete as never } },
    interactions: { url: refuseInteraction },
    issueRefreshToken: async (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    jwks: { keys: [active.privateJwk as never] },
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' },
    renderError: renderErrorPage,
    responseTypes: ['code'],
    rotateRefreshToken: true,
    routes,
    scopes: oidcScopes,
    ttl: {
      AccessToken: settings.accessTokenSeconds,
      AuthorizationCode: settings.authorizationCodeSeconds,
      ClientCredentials: settings.accessTokenSeconds,
      Grant: Math.max(grantSeconds, settings.refreshTokenSeconds),
      IdToken: settings.accessTokenSeconds,
      Interaction: settings.authorizationCodeSeconds,
      RefreshToken: settings.refreshTokenSeconds,
    },
  };
}

/**
 * Allows every confidential client of the environment to introspect every token, as APIs must; a public client, which
 * cannot prove its identity, only its own. A token whose organization, user or membership is gone is inactive.
 */
function introspectionPolicy(parts: OAuthParts) {
  const grants = new Artifacts(parts.context, 'Grant');
  return async (
    _ctx: KoaContextWithOIDC,
    client: { clientId: string; clientAuthMethod?: string | undefined },
    token: {
      clientId?: string | undefined;
      accountId?: string | undefined;
      grantId?: string | undefined;
      extra?: unknown;
    },
  ): Promise<boolean> => {
    if (client.clientAuthMethod === 'none' && token.clientId !== client.clientId) return false;
    const { accountId, grantId } = token;
    const inToken = (token.extra as { org_id?: string } | undefined)?.org_id;
    const organizationId = inToken ?? (grantId === undefined ? undefined : await grants.organizationOf(grantId));
    return parts.tokenSubjects.exist({ userId: accountId, organizationId: organizationId ?? undefined });
  };
}

/** Keeps from a client whether another client's token exists (RFC 7009 §2.1). */
const isOwnToken = async (_ctx: unknown, client: { clientId: string }, token: { clientId?: string }) =>
  token.clientId === client.clientId;

/** @returns undefined, which prevents a token, for a user who is gone or has left the grant's organization */
async function findAccount(parts: OAuthParts, userId: string, token: { grantId?: string } | undefined) {
  const grants = new Artifacts(parts.context, 'Grant');
  const found = token?.grantId === undefined ? null : await grants.organizationOf(token.grantId);
  if (found === undefined) return undefined;
  const organizationId = found ?? undefined;
  if (!(await parts.tokenSubjects.exist({ userId, organizationId }))) return undefined;
  return { accountId: userId, claims: async () => ({ sub: userId }) };
}

/** Tells the client at its redirect URI that nobody can sign in here (OpenID Connect Core §3.1.2.6). */
function refuseInteraction(): never {
  throw new errors.LoginRequired('this server signs no users in');
}
