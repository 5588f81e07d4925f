import { requireScopes as requireScopesOf, requireUser as requireUserOf } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import request from 'supertest';
import {
  authErrorHandler,
  connectAuth,
  protectedResourceMetadata,
  requireScopes,
  requireUser,
} from '../../src/index.js';
import { answerOf, insufficientScope, wrongActor } from '../answers.js';
import { type CreateExpress, expressVersions } from '../express-versions.js';
import { errorKeeper, openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
let down: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
  down = await openIssuer();
  down.issuer.fail('all', 'error500');
});

/** An app whose errors go to the application, and from there to `authErrorHandler`. */
function openPassing(express: CreateExpress, ...middleware: RequestHandler[]) {
  const app = express();
  const { errors, keepError } = errorKeeper();
  for (const each of middleware) app.use(each);
  app.use((_req, res) => res.send('reached'));
  app.use(authErrorHandler(), keepError);
  return { app, errors };
}

const metadata = () =>
  protectedResourceMetadata({ resource: 'https://api.test', authorizationServers: ['https://issuer.test'] });

const cases: readonly (readonly [name: string, status: number, headers: () => Record<string, string>, path: string])[] =
  [
    ['no token', 401, () => ({}), '/'],
    ['a bad token', 401, () => bearer(world.issuer.flaws.expired()), '/'],
    ['a malformed header', 400, () => ({ authorization: 'Bearer a b' }), '/'],
    ['a token in the query, too', 400, () => bearer(world.issuer.token()), '/?access_token=a'],
    ['a missing scope', 403, () => bearer(world.issuer.token({ scopes: [] })), '/'],
    ['the wrong actor', 403, () => bearer(world.issuer.token()), '/'],
  ];

describe.each(expressVersions)('%s', (_name, express) => {
  const middleware = (passErrors: boolean) => [
    metadata(),
    connectAuth({ ...world.trust(), passErrors, realm: 'projects' }),
    requireScopes('projects:read'),
    requireUser(),
  ];

  test.each(cases)(
    '%s: authErrorHandler() answers %i, the same as without passErrors',
    async (_case, status, headers, path) => {
      const passed = openPassing(express, ...middleware(true));
      const direct = openApi(express, ...middleware(false));
      const [viaHandler, directly] = [
        await request(passed.app).get(path).set(headers()),
        await request(direct.app).get(path).set(headers()),
      ];
      const { date: _, ...handlerHeaders } = viaHandler.headers;
      const { date: __, ...directHeaders } = directly.headers;
      expect({ ...answerOf(viaHandler), headers: handlerHeaders }).toEqual({
        ...answerOf(directly),
        headers: directHeaders,
      });
      expect(viaHandler.status).toBe(status);
      expect(passed.errors).toEqual([]);
    },
  );

  test('an issuer that is down: authErrorHandler() answers 503, the same as without passErrors', async () => {
    const answers = [];
    for (const passErrors of [true, false]) {
      const { app } = openPassing(express, connectAuth({ ...down.trust(), passErrors }));
      answers.push(answerOf(await request(app).get('/').set(bearer(down.issuer.token()))));
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 503, retryAfter: '1', challenge: undefined });
  });

  test('with no error handler of its own the application answers the status, and no token is in the answer', async () => {
    const app = express();
    app.set('env', 'test'); // Not production: the answer holds the error's stack.
    app.use(connectAuth({ ...world.trust(), passErrors: true }), requireScopes('admin'));
    app.use((_req, res) => res.send('reached'));
    for (const [status, token] of [
      [401, world.issuer.flaws.expired()],
      [401, world.issuer.flaws.tampered()],
      [403, world.issuer.token()],
    ] as const) {
      const answer = await request(app).get('/').set(bearer(token));
      const everything = answer.text + JSON.stringify(answer.headers);
      expect(answer.status).toBe(status);
      expect(token.split('.').filter((part) => everything.includes(part))).toEqual([]);
      expect(everything).not.toContain('reached');
    }
  });

  test('connectAuth.optional passes errors on as well, and nobody passes', async () => {
    const { app, errors } = openApi(express, connectAuth.optional({ ...world.trust(), passErrors: true }));
    await request(app).get('/').expect(200);
    await request(app).get('/').set(bearer(world.issuer.flaws.expired())).expect(500);
    expect(errors).toMatchObject([{ name: 'InvalidTokenError', reason: 'expired', status: 401 }]);
  });

  test('what the core’s rules throw in a handler is answered as their middlewares would', async () => {
    const { app, errors } = openPassing(express, connectAuth(world.trust()), (req, _res, next) => {
      if (req.path === '/scopes') requireScopesOf(req.auth, 'projects:write');
      if (req.path === '/user') requireUserOf(req.auth);
      next();
    });
    const ask = async (path: string) => answerOf(await request(app).get(path).set(bearer(world.issuer.token())));
    expect(await ask('/scopes')).toEqual(insufficientScope('projects:write'));
    expect(await ask('/user')).toEqual(wrongActor);
    expect((await ask('/')).status).toBe(200);
    expect(errors).toEqual([]);
  });
});
