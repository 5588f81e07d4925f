import { detourTo } from '../endpoints/site-map.js';
import { type Exchange, untilAborted } from '../transport/exchange.js';
import { jsonResponse } from '../transport/http-message.js';
import { dripBody, hugeBody } from './endless-body.js';

const json = { 'content-type': 'application/json' };

const failures = {
  /** Answers 500 with a JSON body. */
  error500: (exchange: Exchange) => exchange.send(jsonResponse(500, { error: 'server_error' })),
  /** Takes the request and never answers; ends when the client goes. */
  hang: (exchange: Exchange) => untilAborted(exchange.gone),
  /** Breaks the connection without an answer. */
  reset: async (exchange: Exchange) => exchange.drop('reset'),
  /** Refuses the connection. In memory only: on a port, `stop()` refuses every connection. */
  refused: async (exchange: Exchange) => exchange.drop('refused'),
  /** Answers 200 with an HTML page, as a captive portal does. */
  html: (exchange: Exchange) =>
    exchange.send({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!doctype html><title>Sign in</title><h1>Sign in to the network</h1>',
    }),
  /** Answers 200 with an empty body. */
  empty: (exchange: Exchange) => exchange.send({ status: 200, headers: json, body: '' }),
  /** Answers 200 with 64 MiB of JSON, generated while it is read. */
  huge: (exchange: Exchange) => exchange.send({ status: 200, headers: json, body: hugeBody }),
  /** Answers with the same 64 MiB, gzip-encoded. In memory they arrive decoded, as from the real `fetch`. */
  hugeGzip: (exchange: Exchange) =>
    exchange.send({ status: 200, headers: json, body: { ...hugeBody, contentEncoding: 'gzip' } }),
  /** Answers 200, then one byte now and then, forever. */
  slowDrip: (exchange: Exchange) => exchange.send({ status: 200, headers: json, body: dripBody }),
  /** Redirects to another path of the issuer that works: 302 for GET, 307 for POST, so that the body is sent again. */
  redirect: (exchange: Exchange) =>
    exchange.send({
      status: exchange.method === 'GET' ? 302 : 307,
      headers: { location: detourTo(exchange.path) },
      body: '',
    }),
} satisfies Record<string, (exchange: Exchange) => Promise<void>>;

/** A way in which an endpoint can fail. */
export type FailureMode = keyof typeof failures;

/** Every failure mode, for tables of tests. */
export const failureModes: readonly FailureMode[] = Object.freeze(Object.keys(failures) as FailureMode[]);

/** Makes one exchange fail; resolves when it is over. */
export function failExchange(mode: FailureMode, exchange: Exchange): Promise<void> {
  return failures[mode](exchange);
}
