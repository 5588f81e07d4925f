import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import {
  connectAuth,
  currentAuth,
  requireAnyScope,
  requireClient,
  requireLive,
  requireOrg,
  requireScopes,
  requireUser,
} from '../../src/index.js';
import { answerOf, invalidRequest, invalidToken, issuerUnavailable, missingToken } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

describe.each(expressVersions)('%s', (_name, express) => {
  test('without a token: passes as nobody, and currentAuth() throws', async () => {
    const thrown: unknown[] = [];
    const { app, reached } = openApi(express, connectAuth.optional(world.trust()), (_req, _res, next) => {
      try {
        currentAuth();
      } catch (error) {
        thrown.push(error);
      }
      next();
    });
    const answer = await request(app).get('/');
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: { auth: null } });
    expect(reached[0]?.auth).toBeUndefined();
    expect(thrown).toEqual([
      new ConfigurationError('currentAuth()', 'was called outside a request whose token was verified'),
    ]);
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });

  test.each([
    ['Basic credentials', { authorization: 'Basic YTpi' }, '/'],
    ['access_token in the query', {}, '/?access_token=abc'],
  ])('%s: passes as nobody', async (_what, headers, path) => {
    const { app } = openApi(express, connectAuth.optional(world.trust()));
    const { status, body } = await request(app).get(path).set(headers);
    expect({ status, body }).toEqual({ status: 200, body: { auth: null } });
  });

  test('a req.auth that was there before is gone: nobody is nobody', async () => {
    const { app } = openApi(
      express,
      (req, _res, next) => {
        Object.assign(req, { auth: { orgId: 'org_B', scopes: new Set(['admin']) } });
        next();
      },
      connectAuth.optional(world.trust()),
    );
    const { status, body } = await request(app).get('/');
    expect({ status, body }).toEqual({ status: 200, body: { auth: null } });
  });

  test('with a good token: passes as its caller', async () => {
    const { app } = openApi(express, connectAuth.optional(world.trust()));
    const { status, body } = await request(app)
      .get('/')
      .set(bearer(world.issuer.token({ org: 'org_B' })));
    expect({ status, orgId: body.auth.orgId }).toEqual({ status: 200, orgId: 'org_B' });
  });

  test.each([
    ['an expired token', () => bearer(world.issuer.flaws.expired()), invalidToken],
    ['garbage', () => bearer('garbage'), invalidToken],
    ['an empty token', () => ({ authorization: 'Bearer' }), invalidRequest],
    ['two tokens', () => bearer(`${world.issuer.token()} ${world.issuer.token()}`), invalidRequest],
  ])('with %s: refused, not passed as nobody', async (_what, headers, expected) => {
    const { app, reached } = openApi(express, connectAuth.optional(world.trust()));
    expect(answerOf(await request(app).get('/').set(headers()))).toEqual(expected);
    expect(reached).toEqual([]);
  });

  test('with a token that nobody can check: 503, not passed as nobody', async () => {
    const { issuer, trust } = await openIssuer();
    issuer.fail('all', 'error500');
    const { app, reached } = openApi(express, connectAuth.optional(trust()));
    expect(answerOf(await request(app).get('/').set(bearer(issuer.token())))).toEqual(issuerUnavailable('1'));
    expect(reached).toEqual([]);
  });

  test.each([
    ['requireScopes', () => requireScopes('projects:read')],
    ['requireAnyScope', () => requireAnyScope('projects:read')],
    ['requireUser', () => requireUser()],
    ['requireClient', () => requireClient()],
    ['requireOrg', () => requireOrg()],
    ['requireLive', () => requireLive()],
  ])('%s behind it refuses nobody: 401 with a challenge that names no error', async (_guard, guard) => {
    const { app, reached } = openApi(express, connectAuth.optional(world.trust()), guard());
    expect(answerOf(await request(app).get('/'))).toEqual(missingToken);
    expect(reached).toEqual([]);
  });
});
