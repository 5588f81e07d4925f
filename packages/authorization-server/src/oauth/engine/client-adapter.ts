import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Clients } from '../clients/clients.js';

/** Reads applications as clients for the engine, which never writes one. */
export class ClientAdapter implements Adapter {
  constructor(private readonly clients: Clients) {}

  find(clientId: string): Promise<AdapterPayload | undefined> {
    return this.clients.find(clientId);
  }

  upsert(): Promise<never> {
    return Promise.reject(new Error('clients are written by the management API'));
  }

  async findByUid(): Promise<undefined> {}

  async findByUserCode(): Promise<undefined> {}

  async consume(): Promise<undefined> {}

  async destroy(): Promise<undefined> {}

  async revokeByGrantId(): Promise<undefined> {}
}
