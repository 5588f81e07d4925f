import { expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { DocumentBuilder } from '@nestjs/swagger';
import { OptionalAuth, Public, RequireScopes } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { openDocument, securityOf } from './open-document.js';

@Controller()
class AnyController {
  @Get() @Public() any() {}
}

@Controller()
class GuardedController {
  @Get('guarded') @RequireScopes('a') guarded() {}
  @Get('optional') @OptionalAuth() optional() {}
}

test('one issuer: by discovery, so that requirements may name scopes', async () => {
  const { issuer, trust } = await openIssuer();
  const { components } = await openDocument(trust(), [AnyController]);
  const openIdConnectUrl = `${issuer.issuer}/.well-known/openid-configuration`;
  expect(components?.securitySchemes).toEqual({ connect: { type: 'openIdConnect', openIdConnectUrl } });
});

test('an issuer that ends with a slash has it once', async () => {
  const { components } = await openDocument({ issuer: 'https://login.acme.test/', audience: 'api' }, [AnyController]);
  const openIdConnectUrl = 'https://login.acme.test/.well-known/openid-configuration';
  expect(components?.securitySchemes).toEqual({ connect: { type: 'openIdConnect', openIdConnectUrl } });
});

test('several issuers: a scheme for each, and one of them is enough', async () => {
  const issuers = ['https://one.test', 'https://two.test'].map((issuer) => ({ issuer, audience: 'api' }));
  const document = await openDocument({ issuers }, [GuardedController]);
  const byDiscovery = (issuer: string) => ({
    type: 'openIdConnect',
    openIdConnectUrl: `${issuer}/.well-known/openid-configuration`,
  });
  expect(document.components?.securitySchemes).toEqual({
    connect: byDiscovery('https://one.test'),
    'connect-2': byDiscovery('https://two.test'),
  });
  expect(securityOf(document)).toEqual({
    '/guarded': [{ connect: ['a'] }, { 'connect-2': ['a'] }],
    '/optional': [{}, { connect: [] }, { 'connect-2': [] }],
  });
});

test('what the document said before stays, and the base itself as it was', async () => {
  const { trust } = await openIssuer();
  const base = new DocumentBuilder()
    .setTitle('API')
    .addApiKey({ type: 'apiKey', name: 'x', in: 'header' }, 'key')
    .build();
  const before = structuredClone(base);
  const document = await openDocument(trust(), [AnyController], base);
  expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual(['key', 'connect']);
  expect(document.info.title).toBe('API');
  expect(base).toEqual(before);
});
