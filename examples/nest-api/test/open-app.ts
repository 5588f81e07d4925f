import { ConnectAuthVerifier, createVerifier } from '@connect-auth/nestjs';
import { createFixedClock, createTestIssuer, type FixedClock, type TestIssuer } from '@connect-auth/testing';
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { serveDocs } from '../src/api-docs.js';
import { AppModule } from '../src/app.module.js';

export interface OpenApp {
  readonly app: INestApplication;
  readonly issuer: TestIssuer;
  readonly clock: FixedClock;
  readonly http: ReturnType<typeof request>;
  /** The header of an application that acts for this organization. */
  readonly bearer: (org: string | null, ...scopes: string[]) => { Authorization: string };
  readonly close: () => Promise<void>;
}

/** The API and an issuer in memory. */
export async function openApp(): Promise<OpenApp> {
  const clock = createFixedClock();
  const issuer = await createTestIssuer({ algorithm: 'ES256', clock });
  const app = await startApp(issuer);
  return {
    ...{ app, issuer, clock },
    http: request(app.getHttpServer()),
    bearer: (org, ...scopes) => ({ Authorization: `Bearer ${issuer.token({ org, scopes })}` }),
    close: async () => {
      await app.close();
      await issuer.close();
    },
  };
}

/** The application as it is but for its issuer, with whatever else a test adds. */
export async function startApp(issuer: TestIssuer, more: ModuleMetadata = {}): Promise<INestApplication> {
  const module = await Test.createTestingModule({ ...more, imports: [AppModule] })
    .overrideProvider(ConnectAuthVerifier)
    .useValue(createVerifier(issuer.verifierOptions()))
    .compile();
  const app = module.createNestApplication();
  serveDocs(app);
  return app.init();
}
