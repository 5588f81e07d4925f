import { ConfigurationError, type KeySource } from '@connect-auth/core';
import { isTrustedUrl } from '@connect-auth/core/adapter';

/** The part of a `JwksClient` of jwks-rsa 4 that is used. */
export interface JwksRsaClient {
  getKeys(): Promise<unknown>;
}

/** The options of a client. It keeps them in a member that its types do not declare. */
interface JwksRsaOptions {
  readonly jwksUri?: unknown;
  readonly fetcher?: unknown;
  readonly getKeysInterceptor?: (() => Promise<unknown>) | null;
}

/**
 * Uses a `JwksClient` of jwks-rsa as the source of an issuer's keys (`keys.source`), with its agent, headers, fetcher,
 * time-out and interceptor. Its caches and its rate limit are bypassed: the core has its own.
 *
 * Keys of the interceptor take precedence over those of the endpoint with the same `kid`. If the endpoint fails, they are
 * used alone, unless the endpoint has served other keys before: then the failure counts, and the core continues with the
 * last good keys. Otherwise an outage would turn good tokens into 401.
 *
 * The core's limits do not cover the size of the endpoint's response, which jwks-rsa reads whole.
 *
 * @throws ConfigurationError if it is not a JwksClient, or fetches keys over plain http from another machine
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
  // A custom fetcher is responsible for the URL itself.
  if (fetcher === undefined && typeof jwksUri === 'string' && !isTrustedUrl(jwksUri)) {
    throw new ConfigurationError('jwksUri', 'of the JwksClient must be an https URL (http on loopback)');
  }
  return options;
}

/** Treats everything that is not a list as no keys, as jwks-rsa does. */
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
