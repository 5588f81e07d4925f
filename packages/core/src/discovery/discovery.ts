import { IssuerUnavailableError } from '../errors/issuer-unavailable-error.js';
import { withDeadline } from '../runtime/deadline.js';
import { fetchJson, UnusableResponseError } from '../runtime/fetch-json.js';
import { isRunning } from '../runtime/is-running.js';
import type { Runtime } from '../runtime/runtime.js';
import { isTrustedUrl } from './trusted-url.js';

/** The members of the authorization server metadata that a resource server uses (RFC 8414 §2). */
export interface IssuerMetadata {
  readonly jwksUri: string | undefined;
  readonly introspectionEndpoint: string | undefined;
}

/** The issuer returned metadata that must not be used. */
class UntrustedMetadataError extends Error {
  override readonly name = 'UntrustedMetadataError';
}

const nothing: IssuerMetadata = Object.freeze({ jwksUri: undefined, introspectionEndpoint: undefined });

/** Endpoints rarely move, and a failed fetch from one of them triggers a refresh at once. */
const maxAgeMs = 3_600_000;
const retryMs = 60_000;
/** How long a caller waits for new metadata while the old may be wrong. */
const patienceMs = 1_000;

/**
 * Fetches an issuer's metadata, one fetch at a time, and caches it. After the first fetch callers rarely wait: the last
 * metadata is used until new metadata arrives.
 */
export class Discovery {
  #metadata: IssuerMetadata | undefined;
  #fetchedAt = 0;
  #pauseMs = 0;
  #isDoubted = false;
  #inFlight: Promise<IssuerMetadata> | undefined;

  constructor(
    private readonly issuer: string,
    private readonly timeoutMs: number,
    private readonly runtime: Runtime,
    private readonly closed: AbortSignal,
  ) {}

  /**
   * @returns the issuer's metadata; empty if it publishes none
   * @throws IssuerUnavailableError `discovery` if there is no metadata to use, or it cannot be trusted
   */
  async get(): Promise<IssuerMetadata> {
    if (this.#metadata === undefined) return this.#refresh();
    if (this.#isDoubted) return this.#refreshInTime();
    const known = this.#metadata;
    const isSettled = isRunning(this.#fetchedAt, this.#pauseMs, this.runtime.now());
    if (!isSettled) this.#refresh().catch(() => undefined); // Tried again in a minute.
    return known;
  }

  /** Notes that a fetch from an endpoint in the metadata failed: it may have moved. */
  doubt(): void {
    this.#isDoubted = true;
  }

  /** Returns new metadata if it arrives soon, else the old, unless the issuer has just invalidated it. */
  async #refreshInTime(): Promise<IssuerMetadata> {
    this.#isDoubted = false;
    try {
      return await withDeadline(this.runtime, patienceMs, this.closed, () => this.#refresh());
    } catch (error) {
      if (this.#metadata === undefined) throw error;
      return this.#metadata;
    }
  }

  #refresh(): Promise<IssuerMetadata> {
    this.#inFlight ??= this.#load().finally(() => {
      this.#inFlight = undefined;
    });
    return this.#inFlight;
  }

  async #load(): Promise<IssuerMetadata> {
    try {
      this.#metadata = await withDeadline(this.runtime, this.timeoutMs, this.closed, (signal) => this.#read(signal));
      this.#pauseMs = maxAgeMs;
      return this.#metadata;
    } catch (cause) {
      this.#pauseMs = retryMs;
      if (cause instanceof UntrustedMetadataError) this.#metadata = undefined;
      throw new IssuerUnavailableError('discovery', 1, { cause });
    } finally {
      this.#fetchedAt = this.runtime.now();
    }
  }

  async #read(signal: AbortSignal): Promise<IssuerMetadata> {
    for (const url of metadataUrls(this.issuer)) {
      try {
        return readMetadata(await fetchJson(this.runtime, url, { signal }), this.issuer);
      } catch (error) {
        if (!(error instanceof UnusableResponseError) || !isNotThere(error.status)) throw error;
      }
    }
    return nothing;
  }
}

/** Whether there is no document: some servers answer 403 then. 408 and 429 mean "not now", which is different. */
const isNotThere = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429;

/** RFC 8414 §3.1 puts the well-known part before the issuer's path, OpenID Connect Discovery §4 behind it. */
function metadataUrls(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
}

/** RFC 8414 §3.3: the issuer in the document must match the configured one exactly. */
function readMetadata(document: unknown, issuer: string): IssuerMetadata {
  const metadata = (typeof document === 'object' && document !== null ? document : {}) as Record<string, unknown>;
  if (metadata.issuer !== issuer) throw new UntrustedMetadataError('the metadata is of another issuer');
  return {
    jwksUri: endpoint('jwks_uri', metadata.jwks_uri, issuer),
    introspectionEndpoint: endpoint('introspection_endpoint', metadata.introspection_endpoint, issuer),
  };
}

function endpoint(name: string, value: unknown, issuer: string): string | undefined {
  if (value === undefined) return undefined;
  const secure = issuer.startsWith('https:');
  if (typeof value === 'string' && isTrustedUrl(value) && (!secure || value.startsWith('https:'))) return value;
  throw new UntrustedMetadataError(`${name} in the metadata is not a URL to trust`);
}
