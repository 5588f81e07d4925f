import type { IncomingMessage } from 'node:http';

/** A request, before anything was looked up for it. */
export interface LimitedRequest {
  /** `token`, `introspection`, `management` and so on. */
  readonly endpoint: 'authorize' | 'token' | 'introspection' | 'revocation' | 'metadata' | 'management';
  /** The peer's address, or what Express takes for it (its setting `trust proxy`). */
  readonly ip: string | undefined;
  readonly request: IncomingMessage;
}

/** @returns nothing to let the request through, or after how many seconds it may come again (429) */
export type RateLimit = (
  request: LimitedRequest,
) => { readonly retryAfterSeconds: number } | undefined | Promise<{ readonly retryAfterSeconds: number } | undefined>;
