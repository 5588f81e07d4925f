import { afterAll } from '@jest/globals';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

const clients: Client[] = [];
afterAll(async () => {
  for (const client of clients.splice(0)) await client.dispose();
});

export interface Credentials {
  readonly connectionParams?: Record<string, unknown>;
  /** Headers of the upgrade, which browsers cannot set. */
  readonly headers?: Record<string, string>;
  /** What comes after the `?`. */
  readonly query?: string;
}

/** A client of graphql-ws with one connection, on which all its operations run. */
export function openSocket(url: string, { connectionParams, headers = {}, query }: Credentials = {}) {
  class SocketWithHeaders extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, { headers });
    }
  }
  let connections = 0;
  const client = createClient({
    url: query === undefined ? url : `${url}?${query}`,
    webSocketImpl: SocketWithHeaders,
    retryAttempts: 0,
    // It stays open between operations.
    lazy: false,
    onNonLazyError: () => {},
    on: { connected: () => (connections += 1) },
    ...(connectionParams !== undefined && { connectionParams }),
  });
  clients.push(client);

  /** The results of an operation, in turn; what refuses the whole of it is one of them. */
  async function* run(operation: string): AsyncGenerator<{ data?: unknown; errors?: readonly unknown[] }> {
    try {
      for await (const { data, errors } of client.iterate({ query: operation })) {
        yield { ...(data !== undefined && { data }), ...(errors !== undefined && { errors }) };
      }
    } catch (errors) {
      yield { errors: errors as readonly unknown[] };
    }
  }
  const first = async (operation: string) => (await run(operation).next()).value as unknown;
  return { run, first, connections: () => connections };
}
