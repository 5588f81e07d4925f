import { ConfigurationError } from '@connect-auth/core';
import type { ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ConnectAuthModule } from '../../src/index.js';
import { createNest } from '../open-nest.js';

/** Options that ask nobody: these applications are only started. */
export const trust = { issuer: 'https://issuer.test', audience: 'api' };

type Extras = { readonly global?: boolean; readonly checkRoutes?: boolean };

/** Ways to bring an application up, for tables of tests. */
export const starters = [
  ['NestFactory.create', start],
  [
    'Test.createTestingModule',
    async (extras: Extras, { imports = [], ...metadata }: ModuleMetadata) => {
      const module = await Test.createTestingModule({
        imports: [ConnectAuthModule.forRoot({ ...trust, ...extras }), ...imports],
        ...metadata,
      }).compile();
      await module.createNestApplication({ logger: false }).init();
      await module.close();
    },
  ],
] as const;

/** Starts and ends an application. */
async function start(extras: Extras, { imports = [], ...metadata }: ModuleMetadata): Promise<void> {
  const app = await createNest('Express', {
    imports: [ConnectAuthModule.forRoot({ ...trust, ...extras }), ...imports],
    ...metadata,
  });
  await app.init();
}

/** What an application does not start for: the message of a ConfigurationError; undefined if it starts. */
export async function faultOf(starting: Promise<unknown>): Promise<string | undefined> {
  try {
    await starting;
    return undefined;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message;
  }
}
