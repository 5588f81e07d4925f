import type { Discovery } from '../discovery/discovery.js';
import { withDeadline } from '../runtime/deadline.js';
import { fetchJson } from '../runtime/fetch-json.js';
import type { Runtime } from '../runtime/runtime.js';

/** Loads an issuer's JWK Set document; with `retry`, a broken connection is tried a second time. */
export type LoadJwks = (retry: boolean) => Promise<unknown>;

/**
 * The application's own source of an issuer's keys: a file, a vault, another client. It resolves to a JWK Set document (RFC
 * 7517 §5), which is checked like one that was fetched. `signal` is aborted at the deadline.
 */
export type KeySource = (request: { readonly signal: AbortSignal }) => Promise<unknown>;

export interface JwksLocation {
  readonly issuer: string;
  /** Takes precedence over everything else. */
  readonly source: KeySource | undefined;
  readonly jwksUri: string | undefined;
  readonly discovery: Discovery;
  /** The limit for finding and fetching the document together. */
  readonly timeoutMs: number;
}

/** The path of the keys at an issuer without metadata. */
const conventionalPath = '/oauth2/jwks';

/**
 * Makes the loader of an issuer's JWK Set: from its source if it has one; else from `jwksUri` if that is configured, else
 * from the URL in the issuer's metadata, else from `<issuer>/oauth2/jwks`.
 */
export function jwksLoader(
  { issuer, source, jwksUri, discovery, timeoutMs }: JwksLocation,
  runtime: Runtime,
  closed: AbortSignal,
): LoadJwks {
  if (source !== undefined) {
    return () => withDeadline(runtime, timeoutMs, closed, (signal) => loadFromSource(source, signal));
  }
  return async (retry) => {
    const startedAt = runtime.now();
    const url = jwksUri ?? (await discovery.get()).jwksUri ?? issuer.replace(/\/$/, '') + conventionalPath;
    const leftMs = Math.max(1, timeoutMs - (runtime.now() - startedAt));
    try {
      return await withDeadline(runtime, leftMs, closed, (signal) => fetchJson(runtime, url, { signal, retry }));
    } catch (error) {
      discovery.doubt(); // The keys may have moved.
      throw error;
    }
  };
}

/** Wraps whatever the source throws, even an error of this package: here it only means that there are no keys. */
async function loadFromSource(source: KeySource, signal: AbortSignal): Promise<unknown> {
  try {
    return await source({ signal });
  } catch (cause) {
    const message = (cause as Error | null | undefined)?.message;
    throw new Error(typeof message === 'string' ? `keys.source failed: ${message}` : 'keys.source failed', { cause });
  }
}
