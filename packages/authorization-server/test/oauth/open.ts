import type { TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll } from '@jest/globals';
import type { AuthorizationServerOptions, StorageOptions } from '../../src/index.js';
import { createMigratedDatabase } from '../kit/migrated-database.js';
import { openServer, type TestServer } from '../kit/open-server.js';

const opened: TestServer[] = [];
const databases: TestDatabase[] = [];

afterAll(async () => {
  for (const server of opened.splice(0)) await server.close();
  for (const database of databases.splice(0)) await database.drop();
});

/** A server that is closed after the tests of the file. */
export async function open(options: Partial<AuthorizationServerOptions> = {}): Promise<TestServer> {
  const server = await openServer(options);
  opened.push(server);
  return server;
}

/** A database for several servers, together or one after the other. */
export async function openStorage(): Promise<StorageOptions & { kind: 'postgres'; connectionString: string }> {
  const database = await createMigratedDatabase();
  databases.push(database);
  return { kind: 'postgres', connectionString: database.connectionString };
}
