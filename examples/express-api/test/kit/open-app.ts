import { type AuditTrail, createAuditTrail } from '@connect-auth/audit';
import { postgresSink } from '@connect-auth/postgres';
import { createTestIssuer, type TestIssuer } from '@connect-auth/testing';
import type { Express } from 'express';
import type { Database } from 'walled-database';
import { createApp } from '../../src/app.js';

export interface OpenApp {
  readonly app: Express;
  readonly issuer: TestIssuer;
  readonly trail: AuditTrail;
  bearer(org: string | null, ...scopes: string[]): { Authorization: string };
  close(): Promise<void>;
}

/** The API on a database, with an issuer in memory. */
export async function openApp(database: Database): Promise<OpenApp> {
  const issuer = await createTestIssuer({ algorithm: 'ES256' });
  // A database that a test takes away does not come back: nothing is tried again.
  const trail = createAuditTrail({ sinks: [postgresSink({ pool: database })], retries: 0, onError: () => undefined });
  const resource = 'https://api.example';
  const app = createApp({ resource, issuer: issuer.issuer, database, trail, auth: issuer.verifierOptions() });
  return {
    ...{ app, issuer, trail },
    bearer: (org, ...scopes) => ({ Authorization: `Bearer ${issuer.token({ org, scopes })}` }),
    close: async () => {
      await app.connectAuth.verifier.close();
      await trail.close();
      await issuer.close();
    },
  };
}
