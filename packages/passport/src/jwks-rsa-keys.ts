import { ConfigurationError, type KeySource } from '@connect-auth/core';
import { isTrustedUrl } from '@connect-auth/core/adapter';

/** What is used of a `JwksClient` of jwks-rsa 4. */
export interface JwksRsaClient {
  getKeys(): Promise<unknown>;
}

/** The options that a client was made with. It keeps them in a member that its types do not tell of. */
interface JwksRsaOptions {
  readonly jwksUri?: unknown;
  readonly fetcher?: unknown;
  readonly getKeysInterceptor?: (() => Promise<unknown>) | null;
}

/**
 * Makes a `JwksClient` of jwks-rsa the source of an issuer's keys (`keys.source`), with its agent, headers, fetcher, time-out
 * and interceptor. Its caches and its rate limit are left out: the core has its own.
 *
 * Keys of the interceptor come before those of the endpoint, by `kid`. If the endpoint fails, they do alone. Only if that
 * would take away keys that the endpoint has served before, the failure counts, and the core goes on with the last good
 * keys: otherwise an outage would turn good tokens into 401.
 *
 * Not covered by the core's limits: the size of the endpoint's answer, which jwks-rsa reads whole.
 *
 * @throws ConfigurationError if it is no JwksClient, or fetches keys over plain http from another machine
 */
export function jwksRsaKeys(client: JwksRsaClient): KeySource {
  const { getKeysInterceptor } = checkClient(client);
  if (typeof getKeysInterceptor !== 'function') return async () => ({ keys: await client.getKeys() });
  let served: readonly unknown[] = [];

  return async () => {
    const given = keysIn(await getKeysInterceptor());
    try {
      served = requireKeys(await client.getKeys());
      return { keys: [...given, ...withoutKidsOf(given, served)] };
    } catch (error) {
      if (given.length === 0 || withoutKidsOf(given, served).length > 0) throw error;
      return { keys: given };
    }
  };
}

function checkClient(client: JwksRsaClient): JwksRsaOptions {
  if (typeof client?.getKeys !== 'function') {
    throw new ConfigurationError('jwksRsaKeys()', 'takes a JwksClient of jwks-rsa');
  }
  const { options = {} } = client as JwksRsaClient & { readonly options?: JwksRsaOptions };
  const { jwksUri, fetcher } = options;
  // What a fetcher makes of the URL is its own affair.
  if (fetcher === undefined && typeof jwksUri === 'string' && !isTrustedUrl(jwksUri)) {
    throw new ConfigurationError('jwksUri', 'of the JwksClient must be an https URL (http on loopback)');
  }
  return options;
}

/** jwks-rsa takes whatever is no list of keys for none. */
const keysIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function requireKeys(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('the answer is not a JWK Set');
  return value;
}

function withoutKidsOf(given: readonly unknown[], served: readonly unknown[]): readonly unknown[] {
  const kids = new Set(given.map(kidOf));
  return served.filter((key) => kidOf(key) === undefined || !kids.has(kidOf(key)));
}

const kidOf = (key: unknown): unknown => (key as { kid?: unknown } | null | undefined)?.kid;
