import type { Discovery } from '../discovery/discovery.js';
import { fetchJson, UnusableResponseError } from '../runtime/fetch-json.js';
import type { Runtime } from '../runtime/runtime.js';
import type { BearerToken } from '../token/bearer-token.js';
import type { JsonObject } from '../token/unverified-jwt.js';
import type { AuthenticateClient } from './client-authentication.js';

export interface IntrospectionEndpoint {
  /** The URL of the endpoint; absent: the one that the issuer's metadata names. */
  readonly endpoint: string | undefined;
  readonly issuer: string;
  readonly discovery: Discovery;
  readonly authenticate: AuthenticateClient;
  readonly runtime: Runtime;
}

/** The path of the endpoint at an issuer without metadata. */
const conventionalPath = '/oauth2/introspection';

/**
 * Makes one introspection request (RFC 7662 §2.1).
 *
 * @returns the response as it came: nothing in it is checked yet
 * @throws whatever went wrong; also for every response that is not a 200 with a JSON object: a 401 is about the credentials
 *   of this server, never about the token
 */
export async function requestIntrospection(
  { endpoint, issuer, discovery, authenticate, runtime }: IntrospectionEndpoint,
  token: BearerToken,
  signal: AbortSignal,
  retry: boolean,
): Promise<JsonObject> {
  const url = endpoint ?? (await discovery.get()).introspectionEndpoint ?? issuer.replace(/\/$/, '') + conventionalPath;
  const { headers, parameters } = authenticate(Math.floor(runtime.now() / 1000));
  const body = new URLSearchParams({ token, token_type_hint: 'access_token', ...parameters }).toString();
  const response = await fetchJson(runtime, url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
    signal,
    retry,
  });
  // RFC 7662 §2.2: `active` is required. A document without it, such as an error page in JSON, says nothing about the token.
  if (typeof response !== 'object' || response === null || !Object.hasOwn(response, 'active')) {
    throw new UnusableResponseError('the answer is not an introspection response', 200);
  }
  return response as JsonObject;
}
