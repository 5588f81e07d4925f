import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
// Node.js from 24.9 on cannot have jwks-rsa require it in the middle of an import.
import 'jose';
import { closeLater } from '../open-issuer.js';

/** A place for keys outside their issuer, which keeps the headers that it was asked with. Closed after the test. */
export async function openJwksServer(document: () => unknown) {
  const asked: IncomingHttpHeaders[] = [];
  let status = 200;
  let isHanging = false;
  let noticeRequest: () => void = () => undefined;
  const server = createServer((req, res) => {
    asked.push(req.headers);
    noticeRequest();
    if (!isHanging) res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeLater(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return {
    jwksUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    asked,
    fail: () => {
      status = 500;
    },
    recover: () => {
      status = 200;
    },
    /** @returns a promise that the next request has come */
    hang: (): Promise<void> => {
      isHanging = true;
      return new Promise((resolve) => {
        noticeRequest = resolve;
      });
    },
  };
}
