import { type Clock, nowSeconds } from '../clock/clock.js';
import type { IssuedToken, TokenRegister } from '../tokens/token-register.js';
import type { HttpRequest, HttpResponse } from '../transport/http-message.js';
import { jsonResponse } from '../transport/http-message.js';
import type { AuthenticateClient, ClientAuthMethod } from './authenticate-client.js';
import { noStore, OAuthError } from './oauth-error.js';
import { parseForm } from './parse-form.js';

/** What a test may know of an introspection request; its secrets are not kept. */
export interface IntrospectionRequest {
  readonly authMethod: ClientAuthMethod;
  readonly tokenTypeHint?: string;
}

export interface IntrospectionEndpointParts {
  readonly authenticate: AuthenticateClient;
  readonly register: TokenRegister;
  readonly clock: Clock;
  /** Whether the answer carries `scope`. Connect's does not. */
  readonly introspectionScope: boolean;
  readonly onRequest: (request: IntrospectionRequest) => void;
}

/** Token introspection (RFC 7662): any registered client may ask about any token. */
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

/** RFC 7662 §4: neither expired nor issued for later. A refresh token here has no end. */
function isCurrent({ tokenType, claims }: IssuedToken, now: number): boolean {
  const { exp, nbf } = claims;
  const started = nbf === undefined || (typeof nbf === 'number' && nbf <= now);
  const endless = tokenType === 'refresh_token' || exp === undefined;
  return started && (endless || (typeof exp === 'number' && now < exp));
}

/** The members of Connect's answer, in its order; those the token lacks are left out. */
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
