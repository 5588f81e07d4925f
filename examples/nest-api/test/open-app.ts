import type { AuditTrail } from '@connect-auth/audit';
import { ConnectAuthVerifier, createVerifier } from '@connect-auth/nestjs';
import { createFixedClock, createTestIssuer, type FixedClock, type TestIssuer } from '@connect-auth/testing';
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import type { Database } from 'walled-database';
import { serveDocs } from '../src/api-docs.js';
import { AppModule } from '../src/app.module.js';
import { auditTrail } from '../src/storage/storage.module.js';
import { WalledTables } from '../src/storage/walled-tables.js';

export interface OpenApp {
  readonly app: INestApplication;
  readonly issuer: TestIssuer;
  readonly clock: FixedClock;
  readonly trail: AuditTrail;
  readonly http: ReturnType<typeof request>;
  /** The header of an application that acts for this organization. */
  readonly bearer: (org: string | null, ...scopes: string[]) => { Authorization: string };
  readonly close: () => Promise<void>;
}

/** The API on a database, with an issuer in memory. */
export async function openApp(database: Database, more?: ModuleMetadata): Promise<OpenApp> {
  const clock = createFixedClock();
  const issuer = await createTestIssuer({ algorithm: 'ES256', clock });
  const app = await startApp(issuer, database, more);
  return {
    ...{ app, issuer, clock },
    trail: app.get<AuditTrail>(auditTrail),
    http: request(app.getHttpServer()),
    bearer: (org, ...scopes) => ({ Authorization: `Bearer ${issuer.token({ org, scopes })}` }),
    close: async () => {
      await app.close();
      await issuer.close();
    },
  };
}

/** The application as it is but for its issuer and its database, with whatever else a test adds. */
export async function startApp(
  issuer: TestIssuer,
  database: Database,
  { imports = [], ...more }: ModuleMetadata = {},
): Promise<INestApplication> {
  // The database outlives the application: it is the test file's.
  const tables = new WalledTables({ database, close: async () => undefined });
  const module = await Test.createTestingModule({ ...more, imports: [AppModule, ...imports] })
    .overrideProvider(ConnectAuthVerifier)
    .useValue(createVerifier(issuer.verifierOptions()))
    .overrideProvider(WalledTables)
    .useValue(tables)
    .compile();
  const app = module.createNestApplication();
  serveDocs(app);
  return app.init();
}
