import type { Discovery } from '../discovery/discovery.js';
import { fetchJson } from '../runtime/fetch-json.js';
import type { Runtime } from '../runtime/runtime.js';

/** Gets an issuer's JWK Set document; with `again`, a failed connection is tried a second time. */
export type LoadJwks = (signal: AbortSignal, again: boolean) => Promise<unknown>;

/** Where an issuer without metadata is taken to keep its keys. */
const conventionalPath = '/oauth2/jwks';

/**
 * Finds and fetches the JWK Set of an issuer: at `jwksUri` if it is configured, else where the issuer's metadata says,
 * else at `<issuer>/oauth2/jwks`.
 */
export function jwksLoader(
  runtime: Runtime,
  issuer: string,
  discovery: Discovery,
  jwksUri: string | undefined,
): LoadJwks {
  return async (signal, again) => {
    const url = jwksUri ?? (await discovery.get()).jwksUri ?? issuer.replace(/\/$/, '') + conventionalPath;
    try {
      return await fetchJson(runtime, url, { signal, again });
    } catch (error) {
      discovery.forget(); // The keys may have moved.
      throw error;
    }
  };
}
