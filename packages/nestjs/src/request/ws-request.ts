import { ConfigurationError, type RequestHead } from '@connect-auth/core';
import type { ExecutionContext } from '@nestjs/common';
import { type HttpRequest, headOf } from './http-request.js';
import { textsOf } from './texts-of.js';
import { withAuthorization } from './with-authorization.js';

/** A socket of socket.io, which carries its handshake, or a WebSocket of ws, which does not. */
export interface HandshakeClient {
  readonly handshake?: { readonly auth?: Readonly<Record<string, unknown>> };
  readonly request?: HttpRequest;
}

const upgrades = new WeakMap<object, HttpRequest>();

/**
 * Remembers the request that opened a WebSocket of ws, since it is available only while the connection is being made.
 */
export function keepUpgrade(client: object, upgrade: HttpRequest): void {
  upgrades.set(client, upgrade);
}

export const wsRequest = (context: ExecutionContext): RequestHead => handshakeOf(context.switchToWs().getClient());

/**
 * Returns the head of the handshake. Browsers cannot set its headers, so with socket.io the token may come as `token`
 * in `auth`.
 *
 * @throws ConfigurationError if the handshake of a WebSocket was not remembered
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
