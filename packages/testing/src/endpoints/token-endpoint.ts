import type { TestClient } from '../clients/test-client.js';
import type { ConnectTokens } from '../tokens/connect-token.js';
import type { TokenMint } from '../tokens/token-mint.js';
import type { HttpRequest, HttpResponse } from '../transport/http-message.js';
import { jsonResponse } from '../transport/http-message.js';
import type { AuthenticateClient } from './authenticate-client.js';
import { noStore, OAuthError } from './oauth-error.js';
import { parseForm } from './parse-form.js';

export interface TokenEndpointParts {
  readonly authenticate: AuthenticateClient;
  readonly mint: TokenMint;
  readonly connectTokens: ConnectTokens;
  readonly environmentClientId: string;
  readonly lifetimeSeconds: number;
}

/** Creates the token endpoint, which issues Connect's M2M tokens or opaque ones for client credentials (RFC 6749 §4.4). */
export function createTokenEndpoint(parts: TokenEndpointParts) {
  return function answerTokenRequest(request: HttpRequest): HttpResponse {
    const form = parseForm(request);
    const { client } = parts.authenticate(request, form);
    const grantType = form.get('grant_type');
    if (grantType === undefined) throw new OAuthError('invalid_request', 'The grant_type is missing.');
    if (grantType !== 'client_credentials') {
      throw new OAuthError('unsupported_grant_type', 'The only grant here is client_credentials.');
    }

    const requested = form.get('scope');
    const scopes = grantScopes(client, requested);
    const lifetimeSeconds = client.lifetimeSeconds ?? parts.lifetimeSeconds;
    const grant = { client: client.clientId, org: client.orgId ?? null, scopes, lifetimeSeconds };
    const accessToken =
      client.tokenFormat === 'opaque'
        ? parts.mint.opaqueToken({ ...grant, audience: parts.environmentClientId })
        : parts.connectTokens.m2m(grant);
    const answer = { access_token: accessToken, token_type: 'bearer', expires_in: lifetimeSeconds };
    // RFC 6749 §5.1: `scope` is required unless the client asked for exactly these.
    const named = requested === undefined && scopes.length > 0 ? { scope: scopes.join(' ') } : {};
    return jsonResponse(200, { ...answer, ...named }, noStore);
  };
}

/** Returns all of the client's scopes, or the part of them that it asked for (RFC 6749 §3.3). */
function grantScopes(client: TestClient, requested: string | undefined): readonly string[] {
  const held = client.scopes ?? [];
  if (requested === undefined) return held;
  const wanted = [...new Set(requested.split(' ').filter((scope) => scope !== ''))];
  if (wanted.length === 0 || wanted.some((scope) => !held.includes(scope))) {
    throw new OAuthError('invalid_scope', 'The client does not hold a scope it asked for.');
  }
  return wanted;
}
