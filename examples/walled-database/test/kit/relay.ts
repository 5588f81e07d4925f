import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';

export interface Relay {
  /** The same database, through the relay. */
  readonly url: string;
  /** Stops listening, and closes every connection. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Leaves new connections without an answer, and closes those there are. */
  mute(): void;
}

/** Stands between the API and its database, to take the database away. */
export async function openRelay(databaseUrl: string): Promise<Relay> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isMute = false;
  const server = createServer((client) => {
    if (isMute) {
      sockets.add(client.on('error', () => undefined));
      return;
    }
    const upstream = dial(Number(target.port || 5432), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const url = new URL(databaseUrl);
  Object.assign(url, { hostname: '127.0.0.1', port: String(port) });
  const disconnect = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut: async () => {
      disconnect();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
    mute: () => {
      isMute = true;
      disconnect();
    },
    mend: async () => {
      isMute = false;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
