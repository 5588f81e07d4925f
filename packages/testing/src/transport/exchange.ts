import type { HttpRequest, HttpResponse } from './http-message.js';

/** One request on its way through a transport. */
export interface Exchange extends Omit<HttpRequest, 'body'> {
  readonly readBody: () => Promise<string>;
  /** Aborts when the client leaves, or when the exchange is over. */
  readonly gone: AbortSignal;
  /** Sends the response; resolves once the client has received all of it or has left. */
  readonly send: (response: HttpResponse) => Promise<void>;
  /** Breaks the connection without an answer. */
  readonly drop: (how: 'reset' | 'refused') => void;
}

/** Answers one exchange, and resolves when it is over. */
export type ServeExchange = (exchange: Exchange) => Promise<void>;

/** The way by which requests reach the issuer. */
export interface Transport {
  /** Scheme, host and port, without a trailing slash. */
  readonly origin: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Accepts requests; does nothing if it already does. */
  readonly start: () => Promise<void>;
  /** Refuses requests and breaks those under way; does nothing if it already does. */
  readonly stop: () => Promise<void>;
}

/** Resolves when the signal aborts. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
