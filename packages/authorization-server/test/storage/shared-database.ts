import type { TestDatabase } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll } from '@jest/globals';
import type { AuthorizationServerOptions } from '../../src/index.js';
import { createMigratedDatabase } from '../kit/migrated-database.js';
import { openServer, type TestServer } from '../kit/open-server.js';

/** A database on PostgreSQL that the servers of a test file share. All of it goes after the tests. */
export function shareDatabase() {
  let database: TestDatabase;
  const servers = new Set<TestServer>();

  beforeAll(async () => {
    database = await createMigratedDatabase();
  });

  afterAll(async () => {
    for (const server of servers) await server.close();
    await database?.drop();
  });

  return {
    query: (sql: string, values?: unknown[]) => database.query(sql, values),
    get storage() {
      return { kind: 'postgres', connectionString: database.connectionString } as const;
    },
    async open(options: Partial<AuthorizationServerOptions> = {}): Promise<TestServer> {
      const server = await openServer({ storage: this.storage, ...options });
      servers.add(server);
      return server;
    },
    async close(server: TestServer): Promise<void> {
      servers.delete(server);
      await server.close();
    },
  };
}
