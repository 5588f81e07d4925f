import { describe, expect, test } from '@jest/globals';
import { Inject, Injectable } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AuthorizationServer } from '../../src/index.js';
import { withMigratedPglite } from '../kit/migrated-pglite.js';
import { closeLater, expectHostRoutes, expectServes, hostModule, listen, openHost, options } from './open-host.js';

describe('in other kinds of applications', () => {
  test('without HTTP there is the server, and it closes with the context', async () => {
    const create = () => NestFactory.createApplicationContext(hostModule(), { logger: false, abortOnError: false });
    const context = await withMigratedPglite(create);
    closeLater(context);
    const server = context.get(AuthorizationServer);
    expect([server.issuer, await server.isReady()]).toEqual([options.issuer, true]);
    await context.close();
    expect(await server.isReady()).toBe(false);
  });

  test('a provider of the application can ask for it', async () => {
    @Injectable()
    class Greeting {
      constructor(@Inject(AuthorizationServer) readonly server: AuthorizationServer) {}
    }
    const host = await openHost(hostModule(undefined, [Greeting]));
    expect(host.app.get(Greeting).server.environmentClientId).toMatch(/^client_/);
  });

  test('in a testing module it works as in the application', async () => {
    const testing = await withMigratedPglite(() => Test.createTestingModule({ imports: [hostModule()] }).compile());
    const app = testing.createNestApplication<NestExpressApplication>({ logger: false, forceCloseConnections: true });
    const host = await listen(app);
    await expectServes(host);
    await expectHostRoutes(host);
  });
});
