import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  type AsyncAuthorizationServerOptions,
  AuthorizationServer,
  AuthorizationServerModule,
} from '../../src/index.js';
import { get, post } from '../kit/client.js';
import { expectHostRoutes, expectServes, hostModule, openHost, options } from './open-host.js';

describe('options from a factory', () => {
  @Injectable()
  class Config {
    readonly issuer = 'http://localhost:3000';
  }

  @Module({ providers: [Config], exports: [Config] })
  class ConfigModule {}

  const openAsync = (asyncOptions: AsyncAuthorizationServerOptions) =>
    openHost(hostModule([AuthorizationServerModule.forRootAsync(asyncOptions)]));

  test('come with what the factory needs', async () => {
    const useFactory = async (config: Config) => ({ ...options, issuer: config.issuer });
    const host = await openAsync({ imports: [ConfigModule], inject: [Config], useFactory });
    await expectServes(host);
    await expectHostRoutes(host);
  });

  test('may need nothing', async () => {
    await expectServes(await openAsync({ useFactory: () => options }));
  });

  test.each([
    ['forRoot', () => AuthorizationServerModule.forRoot({ ...options, issuer: 'https://a.test/' })],
    [
      'forRootAsync',
      () => AuthorizationServerModule.forRootAsync({ useFactory: () => ({ ...options, issuer: 'https://a.test/' }) }),
    ],
  ])('that are wrong stop the start: %s', async (_how, importing) => {
    const creating = NestFactory.create(hostModule([importing()]), { logger: false, abortOnError: false });
    await expect(creating).rejects.toThrow(ConfigurationError);
    await expect(creating).rejects.toThrow(/^issuer /);
  });
});

describe('mounted by hand', () => {
  const byHand = () => hostModule([AuthorizationServerModule.forRoot({ ...options, mount: 'manual' })]);

  test('it answers where the application puts it', async () => {
    const host = await openHost(byHand(), (app) => app.use(app.get(AuthorizationServer).handler));
    await expectServes(host);
    await expectHostRoutes(host);
  });

  test('it answers nothing while nobody mounts it', async () => {
    const host = await openHost(byHand());
    expect((await get(host, '/oauth2/jwks')).status).toBe(404);
    expect((await post(host, '/oauth2/token', {})).status).toBe(404);
    await expectHostRoutes(host);
  });
});
