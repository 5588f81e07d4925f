import type { Discovery } from '../discovery/discovery.js';
import { withDeadline } from '../runtime/deadline.js';
import { fetchJson } from '../runtime/fetch-json.js';
import type { Runtime } from '../runtime/runtime.js';

/** Gets an issuer's JWK Set document; with `again`, a failed connection is tried a second time. */
export type LoadJwks = (again: boolean) => Promise<unknown>;

export interface JwksLocation {
  readonly issuer: string;
  readonly jwksUri: string | undefined;
  readonly discovery: Discovery;
  /** For all of it: finding the document and fetching it. */
  readonly timeoutMs: number;
}

/** Where an issuer without metadata is taken to keep its keys. */
const conventionalPath = '/oauth2/jwks';

/**
 * Finds and fetches the JWK Set of an issuer: at `jwksUri` if it is configured, else where the issuer's metadata says,
 * else at `<issuer>/oauth2/jwks`.
 */
export function jwksLoader(
  { issuer, jwksUri, discovery, timeoutMs }: JwksLocation,
  runtime: Runtime,
  closed: AbortSignal,
): LoadJwks {
  return async (again) => {
    const startedAt = runtime.now();
    const url = jwksUri ?? (await discovery.get()).jwksUri ?? issuer.replace(/\/$/, '') + conventionalPath;
    const leftMs = Math.max(1, timeoutMs - (runtime.now() - startedAt));
    try {
      return await withDeadline(runtime, leftMs, closed, (signal) => fetchJson(runtime, url, { signal, again }));
    } catch (error) {
      discovery.doubt(); // The keys may have moved.
      throw error;
    }
  };
}
