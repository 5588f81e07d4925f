import type { Discovery } from '../discovery/discovery.js';
import { fetchJson, UnusableAnswerError } from '../runtime/fetch-json.js';
import type { Runtime } from '../runtime/runtime.js';
import type { BearerToken } from '../token/bearer-token.js';
import type { JsonObject } from '../token/unverified-jwt.js';
import type { AuthenticateClient } from './client-authentication.js';

export interface IntrospectionEndpoint {
  /** Where to ask; absent: where the issuer's metadata says. */
  readonly endpoint: string | undefined;
  readonly issuer: string;
  readonly discovery: Discovery;
  readonly authenticate: AuthenticateClient;
  readonly runtime: Runtime;
}

/** Where an issuer without metadata is taken to answer. */
const conventionalPath = '/oauth2/introspection';

/**
 * Asks the issuer about a token once (RFC 7662 §2.1).
 *
 * @returns the answer as it came: nothing in it is checked yet
 * @throws whatever went wrong: an answer that is no 200 and no JSON object is no answer, and a 401 is about the
 *   credentials of this server, never about the token
 */
export async function introspect(
  { endpoint, issuer, discovery, authenticate, runtime }: IntrospectionEndpoint,
  token: BearerToken,
  signal: AbortSignal,
  again: boolean,
): Promise<JsonObject> {
  const url = endpoint ?? (await discovery.get()).introspectionEndpoint ?? issuer.replace(/\/$/, '') + conventionalPath;
  const { headers, parameters } = authenticate(Math.floor(runtime.now() / 1000));
  const body = new URLSearchParams({ token, token_type_hint: 'access_token', ...parameters }).toString();
  const answer = await fetchJson(runtime, url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
    signal,
    again,
  });
  // RFC 7662 §2.2: `active` is required. What has none, such as an error page in JSON, says nothing about the token.
  if (typeof answer !== 'object' || answer === null || !Object.hasOwn(answer, 'active')) {
    throw new UnusableAnswerError('the answer is not an introspection response', 200);
  }
  return answer as JsonObject;
}
