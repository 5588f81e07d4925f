import type { Discovery } from '../discovery/discovery.js';
import { withDeadline } from '../runtime/deadline.js';
import { fetchJson } from '../runtime/fetch-json.js';
import type { Runtime } from '../runtime/runtime.js';

/** Gets an issuer's JWK Set document; with `again`, a failed connection is tried a second time. */
export type LoadJwks = (again: boolean) => Promise<unknown>;

/**
 * The application's own way to an issuer's keys: from a file, a vault, another client. It resolves to a JWK Set document
 * (RFC 7517 §5), which is held to the same rules as one that was fetched. `signal` is aborted at the deadline.
 */
export type KeySource = (request: { readonly signal: AbortSignal }) => Promise<unknown>;

export interface JwksLocation {
  readonly issuer: string;
  /** Comes before everything else. */
  readonly source: KeySource | undefined;
  readonly jwksUri: string | undefined;
  readonly discovery: Discovery;
  /** For all of it: finding the document and fetching it. */
  readonly timeoutMs: number;
}

/** Where an issuer without metadata is taken to keep its keys. */
const conventionalPath = '/oauth2/jwks';

/**
 * Gets the JWK Set of an issuer: from its source if it has one; else at `jwksUri` if that is configured, else where the
 * issuer's metadata says, else at `<issuer>/oauth2/jwks`.
 */
export function jwksLoader(
  { issuer, source, jwksUri, discovery, timeoutMs }: JwksLocation,
  runtime: Runtime,
  closed: AbortSignal,
): LoadJwks {
  if (source !== undefined) {
    return () => withDeadline(runtime, timeoutMs, closed, (signal) => askSource(source, signal));
  }
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

/** Anything can be thrown there, an error of this package included; here it only ever means that there are no keys. */
async function askSource(source: KeySource, signal: AbortSignal): Promise<unknown> {
  try {
    return await source({ signal });
  } catch (cause) {
    const message = (cause as Error | null | undefined)?.message;
    throw new Error(typeof message === 'string' ? `keys.source failed: ${message}` : 'keys.source failed', { cause });
  }
}
