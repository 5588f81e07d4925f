import { AsyncResource } from 'node:async_hooks';
import type pg from 'pg';

/** What a client tells whoever listens, beside the answers to queries. */
const told = ['notice', 'notification', 'drain'] as const;

/** What of a connection others than pg listen to: a cursor waits here until it is closed. */
const heard: ReadonlySet<string | symbol> = new Set(['readyForQuery', 'notice', 'notification']);

/** Lets what comes from the server be heard where the client is lent to, and not where its connection was made. */
export class Hearing {
  #frame: AsyncResource | undefined;
  #before: ReadonlySet<unknown> = new Set();

  constructor(private readonly client: pg.Client) {
    const { connection } = client;
    const emit = connection.emit.bind(connection) as (name: string | symbol, ...rest: unknown[]) => boolean;
    const emitInFrame = (name: string | symbol, ...rest: unknown[]) =>
      this.#frame !== undefined && heard.has(name)
        ? this.#frame.runInAsyncScope(emit, undefined, name, ...rest)
        : emit(name, ...rest);
    Object.assign(connection, { emit: emitInFrame });
  }

  /** From now on in the frame of the caller. */
  begin(): void {
    this.#frame = new AsyncResource('OrgClient');
    this.#before = new Set(told.flatMap((name) => this.client.rawListeners(name)));
  }

  /** Whoever began to listen meanwhile hears no more: the next to speak is another organization. */
  end(): void {
    this.#frame = undefined;
    for (const name of told) {
      for (const listener of this.client.rawListeners(name)) {
        if (!this.#before.has(listener)) this.client.off(name, listener as () => void);
      }
    }
  }
}
