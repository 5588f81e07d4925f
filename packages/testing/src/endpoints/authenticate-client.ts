import type { ClientAuthMethod } from '@connect-auth/core';
import type { ClientRegistry } from '../clients/client-registry.js';
import type { TestClient } from '../clients/test-client.js';
import type { HttpRequest } from '../transport/http-message.js';
import { jwtBearerAssertionType } from './client-assertion.js';
import { OAuthError } from './oauth-error.js';

/** Returns the client of a request, and the method that proved it (RFC 6749 §2.3.1; OpenID Connect Core 1.0 §9). */
export type AuthenticateClient = (
  request: HttpRequest,
  form: ReadonlyMap<string, string>,
) => { client: TestClient; method: ClientAuthMethod };

/** Authenticates a client by exactly one method; refuses a request that uses several (RFC 6749 §2.3). */
export function createClientAuthentication(
  clients: ClientRegistry,
  checkAssertion: (assertion: string) => TestClient,
): AuthenticateClient {
  function bySecret(clientId: string | undefined, clientSecret: string | undefined, triedBasic: boolean): TestClient {
    const client = clients.find(clientId ?? '');
    if (client?.clientSecret === undefined || client.clientSecret !== clientSecret) {
      throw new OAuthError('invalid_client', 'The client id or the client secret is wrong.', triedBasic);
    }
    return client;
  }

  return (request, form) => {
    const { authorization } = request.headers;
    const assertion = form.get('client_assertion');
    const secret = form.get('client_secret');
    if ([authorization, assertion, secret].filter((credential) => credential !== undefined).length > 1) {
      throw new OAuthError('invalid_request', 'A request may use one method of client authentication only.');
    }
    if (authorization !== undefined) {
      const [clientId, clientSecret] = parseBasic(authorization);
      return { client: bySecret(clientId, clientSecret, true), method: 'client_secret_basic' };
    }
    if (assertion !== undefined) {
      if (form.get('client_assertion_type') !== jwtBearerAssertionType) {
        throw new OAuthError('invalid_request', 'The client_assertion_type is not jwt-bearer.');
      }
      const client = checkAssertion(assertion);
      // RFC 7521 §4.2: client_id is optional beside an assertion, but must name the same client.
      if ((form.get('client_id') ?? client.clientId) !== client.clientId) {
        throw new OAuthError('invalid_client', 'The client_id and the assertion name different clients.');
      }
      return { client, method: 'private_key_jwt' };
    }
    return { client: bySecret(form.get('client_id'), secret, false), method: 'client_secret_post' };
  };
}

/** Parses Basic credentials, whose halves are form-encoded before they are joined (RFC 6749 §2.3.1). */
function parseBasic(authorization: string): [clientId: string, clientSecret: string] {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  const credentials = Buffer.from(encoded ?? '', 'base64').toString();
  const colon = credentials.indexOf(':');
  try {
    if (colon > 0) return [decodeForm(credentials.slice(0, colon)), decodeForm(credentials.slice(colon + 1))];
  } catch {
    // A malformed percent sequence: no client has such credentials.
  }
  throw new OAuthError('invalid_client', 'The Authorization header holds no Basic credentials.', true);
}

const decodeForm = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
