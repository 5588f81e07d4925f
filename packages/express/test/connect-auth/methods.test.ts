import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import request from 'supertest';
import { connectAuth, requireScopes } from '../../src/index.js';
import { answerOf, insufficientScope, invalidToken, missingToken, withoutBody } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

const methods = ['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'trace'] as const;

const doors: readonly (readonly [name: string, open: () => RequestHandler[]])[] = [
  ['connectAuth()', () => [connectAuth(world.trust())]],
  [
    'connectAuth.optional() and requireScopes()',
    () => [connectAuth.optional(world.trust()), requireScopes('projects:read')],
  ],
];

describe.each(expressVersions)('%s', (_name, express) => {
  describe.each(doors)('behind %s', (_door, door) => {
    describe.each(methods)('%s', (method) => {
      const answerTo = (answer: typeof missingToken) => (method === 'head' ? withoutBody(answer) : answer);

      test('without a token: 401, and the handler is not reached', async () => {
        const { app, reached } = openApi(express, ...door());
        expect(answerOf(await request(app)[method]('/projects/7'))).toEqual(answerTo(missingToken));
        expect(reached).toEqual([]);
      });

      test('with a bad token: 401, and the handler is not reached', async () => {
        const { app, reached } = openApi(express, ...door());
        const answer = await request(app)[method]('/projects/7').set(bearer(world.issuer.flaws.tampered()));
        expect(answerOf(answer)).toEqual(answerTo(invalidToken));
        expect(reached).toEqual([]);
      });

      test('with a good token: the handler is reached, once', async () => {
        const { app, reached } = openApi(express, ...door());
        await request(app)[method]('/projects/7').set(bearer(world.issuer.token())).expect(200);
        expect(reached.map((req) => req.method.toLowerCase())).toEqual([method]);
      });
    });

    test('a CORS preflight carries no token: 401, and the handler is not reached', async () => {
      const { app, reached } = openApi(express, ...door());
      const answer = await request(app).options('/projects/7').set({
        origin: 'https://app.test',
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': 'authorization',
      });
      expect(answerOf(answer)).toEqual(missingToken);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(reached).toEqual([]);
    });

    test('a method override header changes nothing', async () => {
      const { app, reached } = openApi(express, ...door());
      const answer = await request(app).post('/projects/7').set('X-HTTP-Method-Override', 'OPTIONS');
      expect(answerOf(answer)).toEqual(missingToken);
      expect(reached).toEqual([]);
    });
  });

  test.each(methods)('%s with a token that lacks the scope: 403, and the handler is not reached', async (method) => {
    const { app, reached } = openApi(express, connectAuth(world.trust()), requireScopes('projects:write'));
    const answer = await request(app)[method]('/').set(bearer(world.issuer.token()));
    const expected = insufficientScope('projects:write');
    expect(answerOf(answer)).toEqual(method === 'head' ? withoutBody(expected) : expected);
    expect(reached).toEqual([]);
  });
});
