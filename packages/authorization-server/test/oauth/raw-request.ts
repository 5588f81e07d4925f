import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { TestServer } from '../kit/open-server.js';

export interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as it is written here, with a `Host` of choice and a body in chunks: fetch has its own will about both. */
export async function raw(
  { issuer }: Pick<TestServer, 'issuer'>,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  chunks: Iterable<string> | AsyncIterable<string> = [],
): Promise<RawAnswer> {
  const { hostname, port } = new URL(issuer);
  const sent = request({ hostname, port, method, path, headers });
  const answered = once(sent, 'response');
  for await (const chunk of chunks) sent.write(chunk);
  sent.end();
  const [response] = await answered;
  let body = '';
  for await (const part of response) body += part;
  return { status: response.statusCode, headers: response.headers, body };
}

export const form = { 'content-type': 'application/x-www-form-urlencoded' };
