import { defaultClient, type TestClient } from './test-client.js';

export interface ClientRegistry {
  readonly find: (clientId: string) => TestClient | undefined;
}

/** Registers the default client and those given; throws when two have the same `clientId`. */
export function createClientRegistry(clients: readonly TestClient[]): ClientRegistry {
  const byId = new Map<string, TestClient>();
  for (const client of [defaultClient, ...clients]) {
    if (byId.has(client.clientId)) throw new Error(`The test issuer has two clients with the id ${client.clientId}.`);
    byId.set(client.clientId, client);
  }
  return { find: (clientId) => byId.get(clientId) };
}
