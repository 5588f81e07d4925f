import { OrgExempt, RequireScopes } from '@connect-auth/nestjs';
import { createTestIssuer, type TestIssuer } from '@connect-auth/testing';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Controller, Get, Injectable } from '@nestjs/common';
import request from 'supertest';
import { startApp } from './open-app.js';
import { sampleDatabase } from './sample-database.js';

const database = sampleDatabase();
let issuer: TestIssuer;
beforeEach(async () => {
  issuer = await createTestIssuer({ algorithm: 'ES256' });
});
afterEach(() => issuer.close());

@Controller('forgotten')
@OrgExempt('to be found by its missing guard')
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
  const app = await startApp(issuer, database(), { controllers: [ForgottenController] });
  await request(app.getHttpServer()).get('/forgotten').expect(401);
  await app.close();
});

test('a decorator where no guard runs keeps the application from starting', async () => {
  const started = startApp(issuer, database(), { providers: [HopefulService] });
  await expect(started).rejects.toThrow('@RequireScopes() on HopefulService.wipe protects nothing');
});

@Controller('silent')
class SilentController {
  @Get()
  @RequireScopes('projects:read')
  tell() {
    return 'of which organization?';
  }
}

test('a route that says nothing about organizations keeps the application from starting', async () => {
  const started = startApp(issuer, database(), { controllers: [SilentController] });
  await expect(started).rejects.toThrow('say nothing about organizations: SilentController.tell');
});

test('without the issuer’s keys the application does not start', async () => {
  await issuer.stop();
  await expect(startApp(issuer, database())).rejects.toMatchObject({ name: 'IssuerUnavailableError' });
});
