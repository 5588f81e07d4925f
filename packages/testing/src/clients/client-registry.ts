import { defaultClient, type TestClient } from './test-client.js';

export interface ClientRegistry {
  readonly find: (clientId: string) => TestClient | undefined;
}

/** The default client and those given; a `clientId` that occurs twice is a mistake of the test. */
export function createClientRegistry(clients: readonly TestClient[]): ClientRegistry {
  const byId = new Map<string, TestClient>();
  for (const client of [defaultClient, ...clients]) {
    if (byId.has(client.clientId)) throw new Error(`The test issuer has two clients with the id ${client.clientId}.`);
    byId.set(client.clientId, client);
  }
  return { find: (clientId) => byId.get(clientId) };
}
