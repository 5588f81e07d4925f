import { IssuerUnavailableError } from '../errors/issuer-unavailable-error.js';
import { withDeadline } from '../runtime/deadline.js';
import { fetchJson, UnusableAnswerError } from '../runtime/fetch-json.js';
import { isRunning } from '../runtime/is-running.js';
import type { Runtime } from '../runtime/runtime.js';
import { isTrustedUrl } from './trusted-url.js';

/** The members of the authorization server metadata that a resource server uses (RFC 8414 §2). */
export interface IssuerMetadata {
  readonly jwksUri: string | undefined;
  readonly introspectionEndpoint: string | undefined;
}

/** The issuer was asked, and what it says must not be used. */
class UntrustedMetadataError extends Error {
  override readonly name = 'UntrustedMetadataError';
}

const nothing: IssuerMetadata = Object.freeze({ jwksUri: undefined, introspectionEndpoint: undefined });

/** Endpoints move seldom, and a fetch that fails there asks again at once. */
const maxAgeMs = 3_600_000;
const retryMs = 60_000;
/** How long somebody who has metadata that may be wrong waits for news. */
const patienceMs = 1_000;

/**
 * Asks an issuer for its metadata, once at a time, and remembers the answer. Once there is one, hardly anybody waits for
 * the next: what the issuer published last serves until there are news.
 */
export class Discovery {
  #metadata: IssuerMetadata | undefined;
  #askedAt = 0;
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
   * @returns what the issuer publishes; empty if it publishes no metadata
   * @throws IssuerUnavailableError `discovery` if there is nothing to go by, or what it says is not to be trusted
   */
  async get(): Promise<IssuerMetadata> {
    if (this.#metadata === undefined) return this.#askOnce();
    if (this.#isDoubted) return this.#askInTime();
    const known = this.#metadata;
    const isSettled = isRunning(this.#askedAt, this.#pauseMs, this.runtime.now());
    if (!isSettled) this.#askOnce().catch(() => undefined); // Asked again in a minute.
    return known;
  }

  /** Nothing was to be had where the metadata points: perhaps there are news. */
  doubt(): void {
    this.#isDoubted = true;
  }

  /** News, if they come soon; else what is known, unless the issuer has just made it worthless. */
  async #askInTime(): Promise<IssuerMetadata> {
    this.#isDoubted = false;
    try {
      return await withDeadline(this.runtime, patienceMs, this.closed, () => this.#askOnce());
    } catch (error) {
      if (this.#metadata === undefined) throw error;
      return this.#metadata;
    }
  }

  #askOnce(): Promise<IssuerMetadata> {
    this.#inFlight ??= this.#ask().finally(() => {
      this.#inFlight = undefined;
    });
    return this.#inFlight;
  }

  async #ask(): Promise<IssuerMetadata> {
    try {
      this.#metadata = await withDeadline(this.runtime, this.timeoutMs, this.closed, (signal) => this.#read(signal));
      this.#pauseMs = maxAgeMs;
      return this.#metadata;
    } catch (cause) {
      this.#pauseMs = retryMs;
      if (cause instanceof UntrustedMetadataError) this.#metadata = undefined;
      throw new IssuerUnavailableError('discovery', 1, { cause });
    } finally {
      this.#askedAt = this.runtime.now();
    }
  }

  async #read(signal: AbortSignal): Promise<IssuerMetadata> {
    for (const url of metadataUrls(this.issuer)) {
      try {
        return readMetadata(await fetchJson(this.runtime, url, { signal }), this.issuer);
      } catch (error) {
        if (!(error instanceof UnusableAnswerError) || !isNotThere(error.status)) throw error;
      }
    }
    return nothing;
  }
}

/** Some servers answer 403 where there is nothing; 408 and 429 say "not now", which is another thing. */
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

/** RFC 8414 §3.3: the issuer in the document must be the one that was asked for, to the letter. */
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
