import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { hasPostgres } from '@connect-auth/test-kit/postgres';
import { afterEach, expect } from '@jest/globals';
import { Body, Controller, Get, type INestApplicationContext, Module, type ModuleMetadata, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AuthorizationServer, AuthorizationServerModule, type AuthorizationServerOptions } from '../../src/index.js';
import { createM2m, get, grant, manage, post } from '../kit/client.js';
import { withMigratedPglite } from '../kit/migrated-pglite.js';
import { apiKey, type TestServer } from '../kit/open-server.js';
import { isActive } from './introspect.js';
import { openStorage } from './open.js';

const storage = (await hasPostgres()) ? await openStorage() : ({ kind: 'pglite' } as const);
/** Of the server in the host application. */
export const options: AuthorizationServerOptions = {
  issuer: 'http://localhost:3000',
  storage,
  keys: { algorithm: 'ES256', encryptionKey: 'ab'.repeat(32) },
  management: { apiKey },
  audit: { operator: [{ name: 'nowhere', write: async () => undefined }] },
};

const opened: INestApplicationContext[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

/** Closes it after the test. */
export function closeLater(app: INestApplicationContext): void {
  opened.push(app);
}

/** What an application has besides: routes, some of them near the server's. */
@Controller()
class HostController {
  @Get('hello')
  hello() {
    return { hello: 'world' };
  }

  @Post('echo')
  echo(@Body() body: unknown) {
    return { body };
  }

  @Get('oauth2/mine')
  mine() {
    return { mine: true };
  }

  @Get('.well-known/security.txt')
  security() {
    return 'Contact: mailto:a@b.test';
  }
}

export function hostModule(
  imports: ModuleMetadata['imports'] = [AuthorizationServerModule.forRoot(options)],
  providers: ModuleMetadata['providers'] = [],
) {
  class HostModule {}
  Module({ imports, controllers: [HostController], providers })(HostModule);
  return HostModule;
}

/** The host application; `prepare` is what its `main.ts` does before it listens. */
export async function openHost(
  module = hostModule(),
  prepare: (app: NestExpressApplication) => unknown = () => undefined,
  nestOptions = {},
): Promise<TestServer> {
  const settings = { logger: false, abortOnError: false, forceCloseConnections: true, ...nestOptions } as const;
  const app = await withMigratedPglite(() => NestFactory.create<NestExpressApplication>(module, settings));
  return listen(app, prepare);
}

export async function listen(
  app: NestExpressApplication,
  prepare: (app: NestExpressApplication) => unknown = () => undefined,
) {
  closeLater(app);
  await prepare(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  return {
    app,
    server: app.get(AuthorizationServer),
    issuer,
    events: [],
    log: [],
    database: undefined,
    close: () => app.close(),
  };
}

export async function expectServes(host: TestServer, prefix = '') {
  const { m2m, token } = await issue(host, prefix);
  expect(await isActive(host, m2m, token)).toBe(true);
  expect((await get(host, '/.well-known/oauth-authorization-server')).body.issuer).toBe(options.issuer);
  expect((await get(host, '/oauth2/jwks')).body.keys.length).toBeGreaterThan(1);
  expect((await get(host, '/oauth2/authorize', { accept: 'text/html' })).status).toBe(400);
}

/** @param prefix what stands before the routes of the management API */
export async function issue(host: TestServer, prefix: string) {
  const m2m = await createM2m({ ...host, issuer: host.issuer + prefix });
  const token = await grant(host, m2m);
  return { m2m, token };
}

export async function expectHostRoutes(host: TestServer, prefix = '') {
  expect((await get(host, `${prefix}/hello`)).body).toEqual({ hello: 'world' });
  expect((await get(host, `${prefix}/oauth2/mine`)).body).toEqual({ mine: true });
  expect((await get(host, `${prefix}/.well-known/security.txt`)).body).toContain('Contact');
  expect((await manage(host, 'POST', `${prefix}/echo`, { a: [1] })).body).toEqual({ body: { a: [1] } });
  expect((await post(host, `${prefix}/echo`, { a: 'b' })).body).toEqual({ body: { a: 'b' } });
  expect((await get(host, `${prefix}/nothing`)).status).toBe(404);
}
