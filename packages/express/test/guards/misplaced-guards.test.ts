import type { Auth } from '@connect-auth/core';
import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import {
  connectAuth,
  requireAnyScope,
  requireClient,
  requireLive,
  requireOrg,
  requireScopes,
  requireUser,
} from '../../src/index.js';
import { answerOf, insufficientScope, kept, missingToken } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

const guards = [
  ['requireScopes()', () => requireScopes('projects:read')],
  ['requireAnyScope()', () => requireAnyScope('projects:read')],
  ['requireUser()', () => requireUser()],
  ['requireClient()', () => requireClient()],
  ['requireOrg()', () => requireOrg()],
  ['requireLive()', () => requireLive()],
] as const;

/** All that a caller could wish to be. */
const forged = {
  issuer: 'https://issuer.test',
  subject: 'client_admin',
  actor: { type: 'client', id: 'client_admin' },
  clientId: 'client_admin',
  orgId: 'org_B',
  scopes: new Set(['projects:read', 'admin']),
  expiresAt: 9e9,
  claims: {},
  verifiedBy: 'jwks',
  token: 'a.b.c',
} as const satisfies Auth;

describe.each(expressVersions)('%s', (_name, express) => {
  describe.each(guards)('%s', (call, make) => {
    const problem = new ConfigurationError(call, 'needs connectAuth() before it');

    test('with no connectAuth before it: 500 by the error handler, and the handler is not reached', async () => {
      const { app, reached, errors } = openApi(express, make());
      expect(answerOf(await request(app).get('/').set(bearer(world.issuer.token())))).toEqual(kept);
      expect([reached, errors]).toEqual([[], [problem]]);
    });

    test('before connectAuth: 500 by the error handler, and the handler is not reached', async () => {
      const { app, reached, errors } = openApi(express, make(), connectAuth(world.trust()));
      expect(answerOf(await request(app).get('/').set(bearer(world.issuer.token())))).toEqual(kept);
      expect([reached, errors]).toEqual([[], [problem]]);
    });

    test('with no connectAuth, and a req.auth that somebody else wrote: 500 all the same', async () => {
      const { app, reached, errors } = openApi(
        express,
        (req, _res, next) => {
          req.auth = forged;
          next();
        },
        make(),
      );
      expect(answerOf(await request(app).get('/'))).toEqual(kept);
      expect([reached, errors]).toEqual([[], [problem]]);
    });

    test('as nobody, and a req.auth that somebody else wrote: 401 all the same', async () => {
      const { app, reached } = openApi(
        express,
        connectAuth.optional(world.trust()),
        (req, _res, next) => {
          req.auth = forged;
          next();
        },
        make(),
      );
      expect(answerOf(await request(app).get('/'))).toEqual(missingToken);
      expect(reached).toEqual([]);
    });
  });

  test('a req.auth that somebody else wrote lends no scope to a caller that was verified', async () => {
    const { app, reached } = openApi(
      express,
      connectAuth(world.trust()),
      (req, _res, next) => {
        req.auth = forged;
        next();
      },
      requireScopes('admin'),
    );
    const answer = await request(app).get('/').set(bearer(world.issuer.token()));
    expect(answerOf(answer)).toEqual(insufficientScope('admin'));
    expect(reached).toEqual([]);
  });

  test('the default error handler answers a guard with no connectAuth by 500', async () => {
    const app = express();
    app.set('env', 'test');
    app.get('/', requireScopes('projects:read'), (_req, res) => {
      res.send('reached');
    });
    const { status, text, headers } = await request(app).get('/');
    expect({ status, reached: text.includes('reached') }).toEqual({ status: 500, reached: false });
    expect(headers).not.toHaveProperty('www-authenticate');
  });
});
