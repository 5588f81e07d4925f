import type { IncomingMessage } from 'node:http';

/** A request before any work has been done for it. */
export interface LimitedRequest {
  /** `token`, `introspection`, `management` and so on. */
  readonly endpoint: 'authorize' | 'token' | 'introspection' | 'revocation' | 'metadata' | 'management';
  /** The peer's address, or the one that Express determines (its setting `trust proxy`). */
  readonly ip: string | undefined;
  readonly request: IncomingMessage;
}

/** @returns undefined to allow the request, or the seconds after which it may be repeated (429) */
export type RateLimit = (
  request: LimitedRequest,
) => { readonly retryAfterSeconds: number } | undefined | Promise<{ readonly retryAfterSeconds: number } | undefined>;
