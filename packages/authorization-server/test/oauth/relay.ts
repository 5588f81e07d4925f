import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll } from '@jest/globals';
import { openStorage } from './open.js';

const opened: Relay[] = [];

afterAll(() => {
  for (const relay of opened.splice(0)) relay.cut();
});

/** A way to PostgreSQL that can be cut, and that can swallow what is sent. */
export class Relay {
  private readonly sockets = new Set<Socket>();
  private isSilent = false;

  private constructor(
    private readonly server: Server,
    private readonly port: number,
    /** By this way. */
    readonly connectionString: string,
  ) {}

  static async open(): Promise<Relay> {
    const url = new URL((await openStorage()).connectionString);
    const target = { host: url.hostname, port: Number(url.port || 5432) };
    const server = createServer((near) => relay.join(near, connect(target)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    url.host = `127.0.0.1:${port}`;
    const relay = new Relay(server, port, url.href);
    opened.push(relay);
    return relay;
  }

  /** Every connection breaks, and no other comes about. */
  cut(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  /** Connections stay, and nothing comes back any more. */
  silence(): void {
    this.isSilent = true;
  }

  async restore(): Promise<void> {
    this.isSilent = false;
    if (this.server.listening) return;
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  private join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (data) => {
        if (!this.isSilent) to.write(data);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        this.sockets.delete(from);
      });
    }
  }
}
