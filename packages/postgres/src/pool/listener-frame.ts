import { AsyncResource } from 'node:async_hooks';
import type pg from 'pg';

/** Events of a client that are not the answer to a query. */
const clientEvents = ['notice', 'notification', 'drain'] as const;

/** Events of a connection that others than pg listen to: a cursor waits for `readyForQuery` until it is closed. */
const connectionEvents: ReadonlySet<string | symbol> = new Set(['readyForQuery', 'notice', 'notification']);

/** Calls the listeners of a client in the frame that it is checked out in, not in the frame that connected it. */
export class ListenerFrame {
  #frame: AsyncResource | undefined;
  #before: ReadonlySet<unknown> = new Set();

  constructor(private readonly client: pg.Client) {
    const { connection } = client;
    const emit = connection.emit.bind(connection) as (name: string | symbol, ...rest: unknown[]) => boolean;
    const emitInFrame = (name: string | symbol, ...rest: unknown[]) =>
      this.#frame !== undefined && connectionEvents.has(name)
        ? this.#frame.runInAsyncScope(emit, undefined, name, ...rest)
        : emit(name, ...rest);
    Object.assign(connection, { emit: emitInFrame });
  }

  /** From now on listeners run in the frame of the caller. */
  enter(): void {
    this.#frame = new AsyncResource('OrgClient');
    this.#before = new Set(clientEvents.flatMap((name) => this.client.rawListeners(name)));
  }

  /** Removes the listeners that were added since `enter`: the next events are another organization's. */
  exit(): void {
    this.#frame = undefined;
    for (const name of clientEvents) {
      for (const listener of this.client.rawListeners(name)) {
        if (!this.#before.has(listener)) this.client.off(name, listener as () => void);
      }
    }
  }
}
