import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth, protectedResourceMetadata, requireOrg, requireScopes } from '../../src/index.js';
import {
  type Answer,
  answerOf,
  insufficientScope,
  invalidRequest,
  invalidToken,
  issuerUnavailable,
  kept,
  missingToken,
  orgRequired,
} from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

const metadata = () =>
  protectedResourceMetadata({ resource: 'https://api.test/v1', authorizationServers: ['https://issuer.test'] });

const named = (answer: Answer): Answer => ({
  ...answer,
  challenge: `${answer.challenge}, resource_metadata="https://api.test/.well-known/oauth-protected-resource/v1"`,
});

describe.each(expressVersions)('%s', (_name, express) => {
  test.each<[what: string, headers: () => Record<string, string>, answer: Answer]>([
    ['no token: 401', () => ({}), named(missingToken)],
    ['a bad token: 401', () => bearer(world.issuer.flaws.expired()), named(invalidToken)],
    ['a malformed header: 400', () => ({ authorization: 'Bearer' }), named(invalidRequest)],
    [
      'a missing scope: 403',
      () => bearer(world.issuer.token({ scopes: [] })),
      named(insufficientScope('projects:read')),
    ],
    ['no organization: 403', () => bearer(world.issuer.token({ org: null })), named(orgRequired)],
  ])('%s, and the challenge says where the metadata is', async (_what, headers, expected) => {
    const guards = [requireScopes('projects:read'), requireOrg()];
    const { app, reached } = openApi(express, metadata(), connectAuth(world.trust()), ...guards);
    expect(answerOf(await request(app).get('/v1/projects').set(headers()))).toEqual(expected);
    expect(reached).toEqual([]);
  });

  test('503 has no challenge, with metadata or without', async () => {
    const { issuer, trust } = await openIssuer();
    issuer.fail('all', 'error500');
    const { app } = openApi(express, metadata(), connectAuth(trust()));
    expect(answerOf(await request(app).get('/').set(bearer(issuer.token())))).toEqual(issuerUnavailable('1'));
  });

  test('where the caller says the host is makes no difference', async () => {
    const { app } = openApi(express, metadata(), connectAuth(world.trust()));
    app.set('trust proxy', true);
    const answer = await request(app).get('/').set({ host: 'evil.test', 'x-forwarded-host': 'evil.test' });
    expect(answerOf(answer)).toEqual(named(missingToken));
  });

  test('a good token passes, and its answer names no metadata', async () => {
    const { app } = openApi(express, metadata(), connectAuth(world.trust()));
    const { status, headers } = await request(app).get('/').set(bearer(world.issuer.token()));
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('www-authenticate');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test.each([
    ['connectAuth()', connectAuth],
    ['connectAuth.optional()', connectAuth.optional],
  ])('behind %s it could not be read: 500 by the error handler, naming the order', async (_maker, make) => {
    const { app, reached, errors } = openApi(express, make(world.trust()), metadata());
    const answer = await request(app).get('/').set(bearer(world.issuer.token()));
    expect(answerOf(answer)).toEqual(kept);
    expect(errors).toEqual([new ConfigurationError('protectedResourceMetadata()', 'must stand before connectAuth()')]);
    expect(reached).toEqual([]);
  });
});
