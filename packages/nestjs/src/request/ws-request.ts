import { ConfigurationError, type RequestHead } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { type HttpRequest, headOf } from './http-request.js';
import { textsOf } from './texts-of.js';
import { withAuthorization } from './with-authorization.js';

/** A socket of socket.io: it knows its handshake. A WebSocket of ws does not. */
export interface HandshakeClient {
  readonly handshake?: { readonly auth?: Readonly<Record<string, unknown>> };
  readonly request?: HttpRequest;
}

const upgrades = new WeakMap<object, HttpRequest>();

/** Remembers the request that a WebSocket of ws was opened with: it is known only while the connection is made. */
export function keepUpgrade(client: object, upgrade: HttpRequest): void {
  upgrades.set(client, upgrade);
}

export const wsRequest = (context: ExecutionContext): RequestHead => handshakeOf(context.switchToWs().getClient());

/**
 * The head of the handshake. Browsers cannot set its headers: with socket.io the token may come as `token` in `auth`.
 *
 * @throws ConfigurationError if the handshake of a WebSocket was not kept
 */
export function handshakeOf(client: HandshakeClient): RequestHead {
  const upgrade = client.handshake === undefined ? upgrades.get(client) : client.request;
  if (upgrade === undefined) {
    throw new ConfigurationError(
      'ConnectAuthGuard',
      'does not know the handshake of this WebSocket: call admit(client, request) of ConnectAuthHandshake in handleConnection',
    );
  }
  const tokens = textsOf(client.handshake?.auth?.token);
  return withAuthorization(
    headOf(upgrade),
    tokens.map((token) => `Bearer ${token}`),
  );
}
