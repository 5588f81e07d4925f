import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';

export interface Relay {
  /** The same database, through the relay. */
  readonly connectionString: string;
  /** How many bytes clients have sent towards the server. */
  sentBytes(): number;
  /** The round trips: how often a client sent something after the server had. */
  roundTrips(): number;
  close(): Promise<void>;
}

/** Stands between a client and the server, and counts what the client sends. */
export async function openRelay(connectionString: string): Promise<Relay> {
  const target = new URL(connectionString);
  const sockets = new Set<Socket>();
  let sent = 0;
  let roundTrips = 0;
  let isServersTurn = false;
  const server = createServer((client) => {
    const upstream = dial(Number(target.port || 5432), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.on('data', (bytes) => {
      sent += bytes.length;
      if (!isServersTurn) roundTrips += 1;
      isServersTurn = true;
    });
    upstream.on('data', () => {
      isServersTurn = false;
    });
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(connectionString);
  url.port = String(typeof address === 'object' ? address?.port : '');
  url.hostname = '127.0.0.1';
  return {
    connectionString: url.href,
    sentBytes: () => sent,
    roundTrips: () => roundTrips,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
