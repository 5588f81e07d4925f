import { once } from 'node:events';
import { createServer, type RequestListener, Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll } from '@jest/globals';

const closing: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Listens on a free port of 127.0.0.1 until the tests of the file are over. */
export async function listen(app: RequestListener | Server): Promise<number> {
  const server = (app instanceof Server ? app : createServer(app)).listen(0, '127.0.0.1');
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
    if (server.listening) await once(server, 'close');
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Sends bytes as they are, and resolves with all that comes back until the server ends the connection. */
export function sendBytes(port: number, ...bytes: readonly (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', () => undefined); // A reset ends the connection as well; `close` follows.
    socket.on('close', () => resolve(received));
    socket.write(Buffer.concat(bytes.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))));
  });
}

/** The status codes of all answers in what came back, in order; a body may end without a line break. */
export const statusesOf = (received: string): number[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** The value of a header in the first answer. */
export const headerOf = (received: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)\\r$`, 'im').exec(received.split('\r\n\r\n')[0] ?? '')?.[1];
