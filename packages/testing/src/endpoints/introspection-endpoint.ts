import type { ClientAuthMethod } from '@connect-auth/core';
import { type Clock, nowSeconds } from '../clock/clock.js';
import type { IssuedToken, TokenRegister } from '../tokens/token-register.js';
import type { HttpRequest, HttpResponse } from '../transport/http-message.js';
import { jsonResponse } from '../transport/http-message.js';
import type { AuthenticateClient } from './authenticate-client.js';
import { noStore, OAuthError } from './oauth-error.js';
import { parseForm } from './parse-form.js';

/** An introspection request as tests see it, without its secrets. */
export interface IntrospectionRequest {
  readonly authMethod: ClientAuthMethod;
  readonly tokenTypeHint?: string;
}

export interface IntrospectionEndpointParts {
  readonly authenticate: AuthenticateClient;
  readonly register: TokenRegister;
  readonly clock: Clock;
  /** Whether the response has a `scope`; Connect's has none. */
  readonly introspectionScope: boolean;
  readonly onRequest: (request: IntrospectionRequest) => void;
}

/** Creates the introspection endpoint (RFC 7662), where any registered client may introspect any token. */
export function createIntrospectionEndpoint(parts: IntrospectionEndpointParts) {
  return function answerIntrospectionRequest(request: HttpRequest): HttpResponse {
    const form = parseForm(request);
    const { method } = parts.authenticate(request, form);
    const token = form.get('token');
    if (token === undefined) throw new OAuthError('invalid_request', 'The token is missing.');
    const hint = form.get('token_type_hint');
    parts.onRequest({ authMethod: method, ...(hint === undefined ? {} : { tokenTypeHint: hint }) });

    const issued = parts.register.find(token);
    const active = issued !== undefined && isCurrent(issued, nowSeconds(parts.clock));
    return jsonResponse(200, active ? describe(issued, parts.introspectionScope) : { active: false }, noStore);
  };
}

/** Returns whether a token is valid yet and has not expired (RFC 7662 §4). A refresh token never expires here. */
function isCurrent({ tokenType, claims }: IssuedToken, now: number): boolean {
  const { exp, nbf } = claims;
  const started = nbf === undefined || (typeof nbf === 'number' && nbf <= now);
  const endless = tokenType === 'refresh_token' || exp === undefined;
  return started && (endless || (typeof exp === 'number' && now < exp));
}

/** Returns the members of Connect's response, in its order, without those that the token lacks. */
function describe({ tokenType, clientId, claims, answer }: IssuedToken, withScope: boolean): Record<string, unknown> {
  const { iss, aud, sub, org_id, sid, jti, exp, iat, scope } = claims;
  return {
    active: true,
    client_id: clientId,
    ...{ iss, aud, sub, org_id, sid, jti, exp, iat },
    token_type: tokenType,
    ...(withScope ? { scope } : {}),
    ...answer,
  };
}
