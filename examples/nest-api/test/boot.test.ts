import { RequireScopes } from '@connect-auth/nestjs';
import { createTestIssuer, type TestIssuer } from '@connect-auth/testing';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Controller, Get, Injectable } from '@nestjs/common';
import request from 'supertest';
import { startApp } from './open-app.js';

let issuer: TestIssuer;
beforeEach(async () => {
  issuer = await createTestIssuer({ algorithm: 'ES256' });
});
afterEach(() => issuer.close());

@Controller('forgotten')
class ForgottenController {
  @Get()
  tell() {
    return 'secret';
  }
}

@Injectable()
class HopefulService {
  @RequireScopes('projects:write')
  wipe() {}
}

test('a route that somebody forgot to protect is protected', async () => {
  const app = await startApp(issuer, { controllers: [ForgottenController] });
  await request(app.getHttpServer()).get('/forgotten').expect(401);
  await app.close();
});

test('a decorator where no guard runs keeps the application from starting', async () => {
  const started = startApp(issuer, { providers: [HopefulService] });
  await expect(started).rejects.toThrow('@RequireScopes() on HopefulService.wipe protects nothing');
});

test('without the issuer’s keys the application does not start', async () => {
  await issuer.stop();
  await expect(startApp(issuer)).rejects.toMatchObject({ name: 'IssuerUnavailableError' });
});
