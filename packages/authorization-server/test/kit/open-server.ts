import type { AuditEvent } from '@connect-auth/audit';
import 'reflect-metadata';
import { freePort } from '@connect-auth/test-kit/free-port';
import { hasPostgres, type TestDatabase } from '@connect-auth/test-kit/postgres';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  AuthorizationServer,
  AuthorizationServerModule,
  type AuthorizationServerOptions,
  type StorageOptions,
} from '../../src/index.js';
import { createMigratedDatabase } from './migrated-database.js';
import { withMigratedPglite } from './migrated-pglite.js';

/** The key of the management API in every test server. */
export const apiKey = 'sk_test_fixed';

export interface TestServer {
  readonly app: INestApplication;
  readonly server: AuthorizationServer;
  readonly issuer: string;
  /** Every audit event, as it came. */
  readonly events: AuditEvent[];
  /** What was logged. */
  readonly log: string[];
  /** Where it stands on PostgreSQL: its database. */
  readonly database: TestDatabase | undefined;
  close(): Promise<void>;
}

/**
 * A real server on a free port: on PostgreSQL where there is one, with a database of its own, else on PGlite in memory.
 */
export async function openServer(options: Partial<AuthorizationServerOptions> = {}): Promise<TestServer> {
  const ownDatabase = options.storage === undefined && (await hasPostgres());
  const database = ownDatabase ? await createMigratedDatabase() : undefined;
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const events: AuditEvent[] = [];
  const log: string[] = [];
  const AppModule = moduleFor({
    issuer,
    storage: storageFor(database),
    keys: { encryptionKey: 'ab'.repeat(32) },
    audit: { operator: [{ name: 'memory', write: async (written) => void events.push(...written) }] },
    logger: { warn: (line) => void log.push(line), error: (line) => void log.push(line) },
    ...options,
    management: { apiKey, ...options.management },
  });
  const create = () =>
    NestFactory.create(AppModule, { abortOnError: false, logger: false, forceCloseConnections: true });
  const app = await (options.storage === undefined ? withMigratedPglite(create) : create());
  await app.listen(port, '127.0.0.1');
  return {
    app,
    server: app.get(AuthorizationServer),
    issuer,
    events,
    log,
    database,
    close: async () => {
      await app.close();
      await database?.drop();
    },
  };
}

function storageFor(database: TestDatabase | undefined): StorageOptions {
  return database === undefined
    ? { kind: 'pglite' }
    : { kind: 'postgres', connectionString: database.connectionString };
}

function moduleFor(options: AuthorizationServerOptions) {
  class AppModule {}
  Module({ imports: [AuthorizationServerModule.forRoot(options)] })(AppModule);
  return AppModule;
}
