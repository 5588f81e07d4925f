import type { KoaContextWithOIDC } from 'oidc-provider';
import type { ServerSettings } from '../../options/server-settings.js';
import type { OAuthParts } from '../oauth-parts.js';
import { authorizationServerMetadata, openidConfiguration } from './metadata.js';
import { authorizationServerPath } from './routes.js';

type Answer = Record<string, unknown>;

/** How long a JWK Set may be cached: short enough that the next key is known everywhere long before it signs. */
const jwksCacheSeconds = 300;

/** Reshapes the engine's responses. */
export function shapeResponses(parts: OAuthParts, settings: ServerSettings) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    if (ctx.oidc?.route === 'token') nameForbiddenGrant(ctx);
    if (ctx.status !== 200) return;
    switch (ctx.oidc?.route) {
      case 'discovery':
        ctx.body = isRfc8414(ctx.path)
          ? authorizationServerMetadata(settings)
          : openidConfiguration(settings, parts.signingKeys.current.active.algorithm);
        break;
      case 'jwks':
        ctx.set('Cache-Control', `public, max-age=${jwksCacheSeconds}`);
        // The engine only knows the active key.
        ctx.body = { keys: parts.signingKeys.current.published };
        ctx.type = 'application/json';
        break;
      case 'introspection':
        ctx.body = shapeIntrospection(ctx.body as Answer, ctx.oidc.entities, settings);
        break;
      default:
    }
  };
}

/** Replaces the engine's `invalid_request` with the code of the standard (RFC 6749 §5.2). */
function nameForbiddenGrant(ctx: KoaContextWithOIDC): void {
  const answer = ctx.body as Answer | undefined;
  if (answer?.error_description !== 'requested grant type is not allowed for this client') return;
  ctx.body = { ...answer, error: 'unauthorized_client' };
}

const isRfc8414 = (path: string) => path.toLowerCase().startsWith(authorizationServerPath);

/**
 * Marks refresh tokens in introspection responses, so that nobody takes one for an access token. WorkOS's responses name
 * the kind of every token, and no scopes.
 */
function shapeIntrospection(answer: Answer, entities: object, { profile }: ServerSettings): Answer {
  if (answer.active !== true) return { active: false };
  const isRefreshToken = 'RefreshToken' in entities;
  const { scope, ...rest } = answer;
  if (profile === 'standard') return isRefreshToken ? { ...answer, token_type: 'refresh_token' } : answer;

  const { exp: _exp, jti: _jti, ...withoutTimes } = rest;
  const grantId = (entities as { AccessToken?: { grantId?: string } }).AccessToken?.grantId;
  return isRefreshToken
    ? { ...withoutTimes, token_type: 'refresh_token' }
    : { ...rest, ...(grantId !== undefined && { sid: grantId }), token_type: 'access_token' };
}
