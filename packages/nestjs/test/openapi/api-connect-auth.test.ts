import { expect, test } from '@jest/globals';
import { Controller, Get, UseGuards } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { ApiConnectAuth, ConnectAuthModule, Public, RequireScopes } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { openDocument, securityOf } from './open-document.js';

/** Guards in another way, as `AuthGuard('connect')` does. */
class OtherGuard {
  canActivate(): boolean {
    return true;
  }
}

@Controller('method')
@UseGuards(OtherGuard)
class MethodController {
  @Get('described') @ApiConnectAuth('projects:read') described() {
    return 'not protected';
  }
  @Get('other') other() {}
  @Get('declared') @ApiConnectAuth('said') @RequireScopes('enforced') declared() {}
  @Get('public') @ApiConnectAuth('said') @Public() open() {}
}

@Controller('class')
@ApiConnectAuth('of:class')
class ClassController {
  @Get('class') ofClass() {}
  @Get('method') @ApiConnectAuth() ofMethod() {}
}

test('describes what is guarded in another way; where a decorator of this package protects, that one counts', async () => {
  const { trust } = await openIssuer();
  const document = await openDocument(trust(), [MethodController, ClassController]);
  expect(securityOf(document)).toEqual({
    '/method/described': [{ connect: ['projects:read'] }],
    '/method/other': undefined,
    '/method/declared': [{ connect: ['enforced'] }],
    '/method/public': [{ connect: ['said'] }],
    '/class/class': [{ connect: ['of:class'] }],
    '/class/method': [{ connect: [] }],
  });
});

test('protects nothing', async () => {
  const { trust } = await openIssuer();
  const module = await Test.createTestingModule({
    imports: [ConnectAuthModule.forRoot(trust())],
    controllers: [MethodController],
  }).compile();
  const app = await module.createNestApplication({ logger: false }).init();
  const { status, text } = await request(app.getHttpServer()).get('/method/described');
  await app.close();
  expect([status, text]).toEqual([200, 'not protected']);
});
