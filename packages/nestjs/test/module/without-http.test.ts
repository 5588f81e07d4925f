import { expect, test } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { ConnectAuthModule, ConnectAuthVerifier } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { projectsController } from '../open-projects.js';

test.each([true, false])(
  'a standalone application has the verifier, for workers and command lines; global: %p',
  async (global) => {
    const { issuer, trust } = await openIssuer();
    const root = { module: class AppModule {}, imports: [ConnectAuthModule.forRoot({ ...trust(), global })] };
    const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
    const token = issuer.token({ org: 'org_B' });
    expect(await app.get(ConnectAuthVerifier).verify(token)).toMatchObject({ orgId: 'org_B' });
    await app.close();
  },
);

test('a testing module that serves no HTTP has it, too', async () => {
  const { issuer, trust } = await openIssuer();
  const module = await Test.createTestingModule({
    imports: [ConnectAuthModule.forRoot({ ...trust(), global: true })],
    controllers: [projectsController({})],
  }).compile();
  await module.init();
  expect(await module.get(ConnectAuthVerifier).verify(issuer.token())).toMatchObject({ issuer: issuer.issuer });
  await module.close();
});
