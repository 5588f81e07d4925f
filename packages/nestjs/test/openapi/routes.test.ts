import { expect, test } from '@jest/globals';
import { Controller, Get, UseGuards } from '@nestjs/common';
import { ApiBasicAuth, ApiUnauthorizedResponse } from '@nestjs/swagger';
import { ConnectAuthGuard, OptionalAuth, Public, RequireAnyScope, RequireOrg, RequireScopes } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { openDocument, operationAt, securityOf } from './open-document.js';

const connect = (...scopes: string[]) => ({ connect: scopes });

@Controller('guarded')
@RequireScopes('projects:read')
class GuardedController {
  @Get('class') ofClass() {}
  @Get('method') @RequireScopes('projects:write', 'projects:delete') ofMethod() {}
  @Get('any') @RequireAnyScope('a', 'b') any() {}
  @Get('org') @RequireOrg() org() {}
  @Get('public') @Public() open() {}
  @Get('optional') @OptionalAuth() optional() {}
  @Get('own') @ApiBasicAuth() @ApiUnauthorizedResponse({ description: 'in words of my own' }) own() {}
}

@Controller('plain')
class PlainController {
  @Get('guarded') @UseGuards(ConnectAuthGuard) guarded() {}
  @Get('other') other() {}
}

const ofGuarded = {
  '/guarded/class': [connect('projects:read')],
  '/guarded/method': [connect('projects:write', 'projects:delete')],
  '/guarded/any': [connect('a', 'b')],
  '/guarded/org': [connect('projects:read')],
  '/guarded/public': undefined,
  '/guarded/optional': [{}, connect()],
  '/guarded/own': [{ basic: [] }, connect('projects:read')],
};

test('each route says which scopes it needs, before the application is initialised', async () => {
  const { trust } = await openIssuer();
  const document = await openDocument(trust(), [GuardedController, PlainController]);
  expect(securityOf(document)).toEqual({
    ...ofGuarded,
    '/plain/guarded': [connect()],
    '/plain/other': undefined,
  });
});

test('responses are left to what the author, or Swagger, says of them', async () => {
  const { trust } = await openIssuer();
  const document = await openDocument(trust(), [GuardedController]);
  expect(operationAt(document, '/guarded/class').responses).toEqual({ 200: { description: '' } });
  expect(operationAt(document, '/guarded/own').responses).toMatchObject({ 401: { description: 'in words of my own' } });
});

@Controller('global')
class GlobalController {
  @Get('undeclared') undeclared() {}
  @Get('public') @Public() open() {}
}

test('a global guard counts', async () => {
  const { trust } = await openIssuer();
  const document = await openDocument({ ...trust(), global: true }, [GlobalController]);
  expect(securityOf(document)).toEqual({ '/global/undeclared': [connect()], '/global/public': undefined });
});

test('a second application of the same controllers doubles nothing', async () => {
  const { trust } = await openIssuer();
  await openDocument(trust(), [GuardedController]);
  expect(securityOf(await openDocument(trust(), [GuardedController]))).toEqual(ofGuarded);
});
