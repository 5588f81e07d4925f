import { ConfigurationError } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { protectedResourceMetadata } from '../../src/index.js';

const resource = 'https://api.test';
const authorizationServers = ['https://issuer.test'];

test.each<[fault: string, options: object, option: string]>([
  ['no resource', { authorizationServers }, 'resource'],
  ['a resource that is no URL', { resource: 'api.test', authorizationServers }, 'resource'],
  ['a resource that is no http URL', { resource: 'urn:api', authorizationServers }, 'resource'],
  ['a resource over plain http', { resource: 'http://api.test', authorizationServers }, 'resource'],
  ['a resource with a query', { resource: `${resource}/?a=b`, authorizationServers }, 'resource'],
  ['a resource with a fragment', { resource: `${resource}/#a`, authorizationServers }, 'resource'],
  ['a resource with an empty fragment', { resource: `${resource}/#`, authorizationServers }, 'resource'],
  ['a resource with a password', { resource: 'https://a:b@api.test', authorizationServers }, 'resource'],
  ['no authorization server', { resource, authorizationServers: [] }, 'authorizationServers'],
  ['authorization servers left out', { resource }, 'authorizationServers'],
  [
    'one authorization server as a string',
    { resource, authorizationServers: 'https://issuer.test' },
    'authorizationServers',
  ],
  [
    'an authorization server that is no URL',
    { resource, authorizationServers: ['issuer.test'] },
    'authorizationServers',
  ],
  [
    'an authorization server that is undefined',
    { resource, authorizationServers: [undefined] },
    'authorizationServers',
  ],
  ['scopes in one string', { resource, authorizationServers, scopesSupported: 'a b' }, 'scopesSupported'],
  ['an option of no such name', { resource, authorizationServers, scopes: ['a'] }, 'scopes'],
])('%s is a ConfigurationError that names the option, thrown at once', (_fault, options, option) => {
  let thrown: unknown;
  try {
    protectedResourceMetadata(options as Parameters<typeof protectedResourceMetadata>[0]);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ConfigurationError);
  expect((thrown as ConfigurationError).option).toMatch(new RegExp(`^${option}(\\[0\\])?$`));
});
