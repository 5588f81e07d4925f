import { request as openRequest } from 'node:http';
import type { Answer } from '../answers/answer.js';
import { type PlannedRequest, targetOf } from './planned-request.js';

/** Where requests are sent, and the time limit of their answers. */
export interface Destination {
  readonly port: number;
  readonly requestTimeoutMs: number;
}

/**
 * Sends a request over a connection of its own and returns the answer as received: undecoded, without following a
 * redirect. Returns as much as came of an answer that breaks off or does not end in time; with status 0 if nothing came.
 */
export function sendRequest(to: Destination, planned: PlannedRequest, token: string | undefined): Promise<Answer> {
  const body = planned.body === undefined ? undefined : JSON.stringify(planned.body);
  const headers = {
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    ...planned.headers,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve) => {
    let status = 0;
    let received: [string, string][] = [];
    const chunks: Buffer[] = [];
    const settle = (isComplete: boolean) => {
      clearTimeout(timer);
      resolve({ status, headers: received, body: Buffer.concat(chunks).toString('utf8'), isComplete });
    };
    const outgoing = openRequest(
      { host: '127.0.0.1', port: to.port, method: planned.method, path: targetOf(planned), headers, agent: false },
      (incoming) => {
        status = incoming.statusCode ?? 0;
        received = pairUp(incoming.rawHeaders);
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('end', () => settle(true));
        incoming.once('error', () => settle(false));
      },
    );
    const timer = setTimeout(() => {
      settle(false);
      outgoing.destroy();
    }, to.requestTimeoutMs);
    // A broken connection is a result, not an error: the other requests are still to be made.
    outgoing.once('error', () => settle(false));
    outgoing.end(body);
  });
}

function pairUp(raw: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    pairs.push([(raw[at] as string).toLowerCase(), raw[at + 1] as string]);
  }
  return pairs;
}
