import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth, protectedResourceMetadata } from '../../src/index.js';
import { answerOf, missingToken } from '../answers.js';
import { type CreateExpress, expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

const wellKnown = '/.well-known/oauth-protected-resource';
const authorizationServers = ['https://issuer.test'];

type Options = Parameters<typeof protectedResourceMetadata>[0];
const open = (express: CreateExpress, options: Partial<Options> = {}) =>
  openApi(
    express,
    protectedResourceMetadata({ resource: 'https://api.test', authorizationServers, ...options }),
    connectAuth(world.trust()),
  );

describe.each(expressVersions)('%s', (_name, express) => {
  test('GET without a token: the document, for any origin, to be cached for an hour', async () => {
    const { app, reached } = open(express);
    const answer = await request(app).get(wellKnown);
    expect(answerOf(answer)).toEqual({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      cacheControl: 'public, max-age=3600',
      challenge: undefined,
      retryAfter: undefined,
      body: {
        resource: 'https://api.test',
        authorization_servers: ['https://issuer.test'],
        bearer_methods_supported: ['header'],
      },
    });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(reached).toEqual([]);
  });

  test('everything that can be told is told', async () => {
    const { app } = open(express, {
      resource: 'https://api.test/v1',
      authorizationServers: ['https://issuer.test', 'https://other.test/tenant'],
      scopesSupported: ['projects:read', 'projects:write'],
      resourceName: 'Projects API',
      resourceDocumentation: 'https://api.test/docs',
    });
    expect((await request(app).get(`${wellKnown}/v1`)).body).toEqual({
      resource: 'https://api.test/v1',
      authorization_servers: ['https://issuer.test', 'https://other.test/tenant'],
      bearer_methods_supported: ['header'],
      scopes_supported: ['projects:read', 'projects:write'],
      resource_name: 'Projects API',
      resource_documentation: 'https://api.test/docs',
    });
  });

  test('HEAD: the same head, and no body', async () => {
    const { app } = open(express);
    const [head, get] = [await request(app).head(wellKnown), await request(app).get(wellKnown)];
    expect(answerOf(head)).toEqual({ ...answerOf(get), body: undefined });
  });

  test('OPTIONS: 204, and which methods another origin may use', async () => {
    const { app } = open(express);
    const { status, text, headers } = await request(app).options(wellKnown);
    expect({ status, text }).toEqual({ status: 204, text: '' });
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-max-age': '86400',
    });
    expect(headers).not.toHaveProperty('www-authenticate');
  });

  test('a preflight asks because of a header, and is granted it: mcp-protocol-version of MCP clients in browsers', async () => {
    const { app } = open(express);
    const { headers } = await request(app).options(wellKnown).set({
      origin: 'https://app.test',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'mcp-protocol-version',
    });
    expect(headers['access-control-allow-headers']).toMatch(/^(\*|mcp-protocol-version)$/i);
  });

  test.each(['post', 'put', 'patch', 'delete'] as const)('%s: 405 and what is allowed', async (method) => {
    const { app, reached } = open(express);
    const { status, text, headers } = await request(app)[method](wellKnown);
    expect({ status, text, allow: headers.allow }).toEqual({ status: 405, text: '', allow: 'GET, HEAD, OPTIONS' });
    expect(reached).toEqual([]);
  });

  test.each([
    ['https://api.test', wellKnown],
    ['https://api.test/', wellKnown],
    ['https://api.test/v1', `${wellKnown}/v1`],
    ['https://api.test/v1/projects', `${wellKnown}/v1/projects`],
    ['https://api.test/v1/', `${wellKnown}/v1/`], // RFC 9728 §3.1 takes away the slash behind the host only.
    ['https://api.test:8443/v1', `${wellKnown}/v1`],
    ['http://127.0.0.1:3000', wellKnown],
    ['http://localhost:3000', wellKnown],
  ])('the document of %s is at %s', async (resource, path) => {
    const { app } = open(express, { resource });
    const { status, body } = await request(app).get(`${path}?cached=no`);
    expect({ status, resource: body.resource }).toEqual({ status: 200, resource });
  });

  test('mounted under /.well-known it is where it belongs, and under another path it is not', async () => {
    const options = { resource: 'https://api.test', authorizationServers };
    const app = express();
    app.use('/.well-known', protectedResourceMetadata(options));
    app.use('/v1', protectedResourceMetadata(options));
    await request(app).get(wellKnown).expect(200);
    await request(app).get(`/v1${wellKnown}`).expect(404);
  });

  test.each([
    `${wellKnown}/v2`,
    `${wellKnown}x`,
    `/v1${wellKnown}`,
    '/.well-known/OAUTH-protected-resource',
    '/.well-known/oauth-authorization-server',
    '//.well-known/oauth-protected-resource',
  ])('%s is none of it, and needs a token', async (path) => {
    const { app } = open(express);
    const { status, challenge } = answerOf(await request(app).get(path));
    const expected = `${missingToken.challenge}, resource_metadata="https://api.test${wellKnown}"`;
    expect({ status, challenge }).toEqual({ status: 401, challenge: expected });
  });
});
