import type { AddressInfo } from 'node:net';
import { afterAll } from '@jest/globals';
import type { INestApplication, LoggerService, Type } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { Test } from '@nestjs/testing';
import { ConnectAuthModule, type ConnectAuthModuleExtras, type ConnectAuthModuleOptions } from '../../src/index.js';
import { nestMajor } from './nest-major.js';
import { type GatewayClient, type Handshake, openSocketIo, openWs } from './open-client.js';

export type SocketKind = 'socket.io' | 'ws';
export const socketKinds = ['socket.io', 'ws'] as const;

/**
 * Where a client hears of an exception. Nest 11 emits it on the server's end of a WebSocket of ws, as if that were a
 * socket of socket.io, and sends nothing.
 */
export const tellingKinds = socketKinds.filter((kind) => kind === 'socket.io' || nestMajor >= 12);

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Keeps what the application logs as errors. */
export function errorLog() {
  const errors: unknown[] = [];
  const nothing = (): void => {};
  let tell = nothing;
  const firstError = new Promise<void>((resolve) => {
    tell = resolve;
  });
  function error(logged: unknown): void {
    errors.push(logged);
    tell();
  }
  return { errors, firstError, logger: { log: nothing, warn: nothing, error } satisfies LoggerService };
}

/** An application with gateways on a free port of the loopback, and clients of it; all are closed after the tests. */
export async function openGateway(
  kind: SocketKind,
  options: ConnectAuthModuleOptions & ConnectAuthModuleExtras,
  ...gateways: Type[]
) {
  const { errors, firstError, logger } = errorLog();
  const module = await Test.createTestingModule({
    imports: [ConnectAuthModule.forRoot(options)],
    providers: gateways,
  })
    .setLogger(logger)
    .compile();
  const app: INestApplication = module.createNestApplication();
  app.useWebSocketAdapter(kind === 'ws' ? new WsAdapter(app) : new IoAdapter(app));
  closing.push(() => app.close());
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;

  async function connect(handshake: Handshake = {}, toPort = port): Promise<GatewayClient> {
    const open = kind === 'ws' ? openWs : openSocketIo;
    const client = await open(`http://127.0.0.1:${toPort}`, handshake);
    closing.push(client.close);
    return client;
  }
  /** Connects with a token in the way that is usual there: socket.io's own, or the header. */
  const connectWith = (token: string | undefined, toPort = port): Promise<GatewayClient> =>
    connect(
      token === undefined ? {} : kind === 'ws' ? { authorization: `Bearer ${token}` } : { auth: { token } },
      toPort,
    );
  return { app, errors, firstError, connect, connectWith };
}
