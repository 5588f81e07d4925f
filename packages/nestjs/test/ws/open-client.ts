import { once } from 'node:events';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { type Message, openInbox } from './inbox.js';

/** What a client brings to its handshake. `auth` is socket.io's own, and ws has none. */
export interface Handshake {
  readonly auth?: Record<string, unknown>;
  readonly authorization?: string;
  /** What comes after the `?`. */
  readonly query?: string;
}

export interface GatewayClient {
  send(event: string, data?: unknown): void;
  /** The next message that arrives. */
  next(): Promise<Message>;
  ask(event: string, data?: unknown): Promise<Message>;
  /** What arrived and was not asked for. */
  readonly arrived: readonly Message[];
  /** How the server ended the connection. */
  readonly closed: Promise<unknown>;
  close(): void;
}

export async function openSocketIo(url: string, { auth, authorization, query }: Handshake): Promise<GatewayClient> {
  const socket = io(query === undefined ? url : `${url}?${query}`, {
    forceNew: true,
    reconnection: false,
    transports: ['websocket'],
    ...(auth !== undefined && { auth }),
    ...(authorization !== undefined && { extraHeaders: { authorization } }),
  });
  const inbox = openInbox();
  socket.onAny((event: string, data: unknown) => inbox.put({ event, data }));
  const closed = new Promise((resolve) => socket.on('disconnect', resolve));
  await new Promise<void>((resolve, reject) => socket.on('connect', resolve).on('connect_error', reject));
  const send = (event: string, data?: unknown) => void socket.emit(event, data);
  return {
    ...inbox,
    send,
    ask: (event, data) => {
      send(event, data);
      return inbox.next();
    },
    closed,
    close: () => socket.close(),
  };
}

export async function openWs(url: string, { authorization, query }: Handshake): Promise<GatewayClient> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/${query === undefined ? '' : `?${query}`}`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const inbox = openInbox();
  socket.on('message', (text) => inbox.put(JSON.parse(String(text)) as Message));
  const closed = new Promise((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  await once(socket, 'open');
  const send = (event: string, data?: unknown) => socket.send(JSON.stringify({ event, data }));
  return {
    ...inbox,
    send,
    ask: (event, data) => {
      send(event, data);
      return inbox.next();
    },
    closed,
    close: () => socket.terminate(),
  };
}
