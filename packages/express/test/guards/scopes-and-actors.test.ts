import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import request from 'supertest';
import {
  connectAuth,
  requireAnyScope,
  requireClient,
  requireOrg,
  requireScopes,
  requireUser,
} from '../../src/index.js';
import { type Answer, answerOf, insufficientScope, orgRequired, wrongActor } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

const read = ['projects:read'];
const both = ['projects:read', 'projects:write'];
const user = 'user_01TESTADA00000000000000000';

type Grant = Parameters<OpenIssuer['issuer']['token']>[0];

const allowed: [guard: string, make: () => RequestHandler, grant: Grant][] = [
  ['requireScopes of one', () => requireScopes('projects:read'), { scopes: read }],
  ['requireScopes of one that is among others', () => requireScopes('projects:read'), { scopes: both }],
  ['requireScopes of two', () => requireScopes('projects:read', 'projects:write'), { scopes: both }],
  ['requireScopes of one, said twice', () => requireScopes('projects:read', 'projects:read'), { scopes: read }],
  ['requireAnyScope', () => requireAnyScope('projects:read', 'projects:write'), { scopes: ['projects:write'] }],
  ['requireUser', () => requireUser(), { user }],
  ['requireClient', () => requireClient(), {}],
  ['requireOrg', () => requireOrg(), { org: 'org_B' }],
];

const refused: [guard: string, make: () => RequestHandler, grant: Grant, answer: Answer][] = [
  ['requireScopes, no scope', () => requireScopes('projects:read'), { scopes: [] }, insufficientScope('projects:read')],
  [
    'requireScopes, one of two',
    () => requireScopes(...both),
    { scopes: read },
    insufficientScope('projects:read projects:write'),
  ],
  [
    'requireScopes, another case',
    () => requireScopes('projects:read'),
    { scopes: ['Projects:Read'] },
    insufficientScope('projects:read'),
  ],
  [
    'requireScopes, a longer scope',
    () => requireScopes('projects'),
    { scopes: ['projects:read', 'projectsX'] },
    insufficientScope('projects'),
  ],
  [
    'requireScopes, a wildcard',
    () => requireScopes('projects:read'),
    { scopes: ['projects:*', '*'] },
    insufficientScope('projects:read'),
  ],
  [
    'requireAnyScope, neither',
    () => requireAnyScope(...both),
    { scopes: ['billing'] },
    insufficientScope('projects:read projects:write'),
  ],
  ['requireAnyScope, no scope', () => requireAnyScope('a'), { scopes: [] }, insufficientScope('a')],
  ['requireUser, a client', () => requireUser(), {}, wrongActor],
  ['requireClient, a user', () => requireClient(), { user }, wrongActor],
  ['requireOrg, no organization', () => requireOrg(), { org: null }, orgRequired],
];

describe.each(expressVersions)('%s', (_name, express) => {
  test.each(allowed)('%s: the handler is reached', async (_guard, make, grant) => {
    const { app, reached } = openApi(express, connectAuth(world.trust()), make());
    await request(app)
      .get('/')
      .set(bearer(world.issuer.token(grant)))
      .expect(200);
    expect(reached).toHaveLength(1);
  });

  test.each(refused)('%s: 403, and the handler is not reached', async (_guard, make, grant, expected) => {
    const { app, reached, errors } = openApi(express, connectAuth(world.trust()), make());
    expect(
      answerOf(
        await request(app)
          .get('/')
          .set(bearer(world.issuer.token(grant))),
      ),
    ).toEqual(expected);
    expect([reached, errors]).toEqual([[], []]);
  });

  test('guards behind one another must all let pass, and the first that does not answers', async () => {
    const guards = [requireOrg(), requireScopes('projects:write'), requireUser()];
    const { app, reached } = openApi(express, connectAuth(world.trust()), ...guards);
    const answer = async (grant: Grant) =>
      answerOf(
        await request(app)
          .get('/')
          .set(bearer(world.issuer.token(grant))),
      );
    expect(await answer({ org: null })).toEqual(orgRequired);
    expect(await answer({})).toEqual(insufficientScope('projects:write'));
    expect(await answer({ scopes: both })).toEqual(wrongActor);
    expect(reached).toEqual([]);
    expect((await answer({ scopes: both, user })).status).toBe(200);
  });

  test('a token accepted on the issuer’s word alone has no scopes, as Connect’s answer has none: 403', async () => {
    const { app } = openApi(express, connectAuth(world.trust()), requireScopes('projects:read'));
    const answer = await request(app)
      .get('/')
      .set(bearer(world.issuer.opaqueToken({ scopes: read })));
    expect(answerOf(answer)).toEqual(insufficientScope('projects:read'));
  });

  test('the realm of connectAuth stands in the challenges of its guards', async () => {
    const { app } = openApi(express, connectAuth({ ...world.trust(), realm: 'projects' }), requireScopes('admin'));
    const { challenge } = answerOf(await request(app).get('/').set(bearer(world.issuer.token())));
    expect(challenge).toBe(insufficientScope('admin').challenge?.replace('"api"', '"projects"'));
  });
});

describe.each([
  ['requireScopes()', requireScopes as (...scopes: unknown[]) => unknown],
  ['requireAnyScope()', requireAnyScope as (...scopes: unknown[]) => unknown],
])('%s is a ConfigurationError where it is declared, with', (call, declare) => {
  test.each([
    ['no scope', [], 'needs at least one scope'],
    ['a list', [['projects:read', 'projects:write']], 'takes scopes one by one'],
    ['an empty list', [[]], 'takes scopes one by one'],
    ['two scopes in one string', ['projects:read projects:write'], 'takes scopes one by one'],
    ['an empty string', [''], 'takes scopes one by one'],
    ['a quote', ['projects"read'], 'takes scopes one by one'],
    ['a line break', ['projects:read\r\nX: y'], 'takes scopes one by one'],
    ['undefined', [undefined], 'takes scopes one by one'],
    ['one that is none among good ones', ['projects:read', null], 'takes scopes one by one'],
  ])('%s', (_what, scopes, problem) => {
    expect(() => declare(...scopes)).toThrow(ConfigurationError);
    expect(() => declare(...scopes)).toThrow(`${call} ${problem}`);
  });
});
