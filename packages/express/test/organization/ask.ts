import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import type { Answer } from '../answers.js';

export interface Asked {
  readonly method?: string;
  /** A list sends the header several times. */
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** All that a server sends, apart from the time of day. */
export interface WholeAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a path as it is written, which clients in common use tidy up. */
export function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => {
        const { date: _, ...rest } = response.headers;
        resolve({ status: response.statusCode, headers: rest, body: text });
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

/** A refusal of this package, with every header that goes along. */
export function wholeRefusal({ status, contentType, cacheControl, challenge, body }: Answer): WholeAnswer {
  const text = JSON.stringify(body);
  return {
    status,
    headers: {
      'x-powered-by': 'Express',
      'content-type': contentType,
      'cache-control': cacheControl,
      ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
      'content-length': String(text.length),
      connection: 'close',
    },
    body: text,
  };
}
