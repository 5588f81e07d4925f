import { ConfigurationError, InvalidTokenError, IssuerUnavailableError, MissingTokenError } from '@connect-auth/core';
import { UnknownReferenceError } from '@connect-auth/isolation';
import { describe, expect, test } from '@jest/globals';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import request from 'supertest';
import { authErrorHandler, connectAuth, requireScopes } from '../../src/index.js';
import { answerOf, invalidToken, issuerUnavailable, kept, missingToken, refusal } from '../answers.js';
import { type CreateExpress, expressVersions } from '../express-versions.js';
import { errorKeeper } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

type Settings = Parameters<typeof authErrorHandler>[0];

function openApp(express: CreateExpress, settings: Settings, ...middleware: RequestHandler[]) {
  const app = express();
  const { errors, keepError } = errorKeeper();
  for (const each of middleware) app.use(each);
  app.use(authErrorHandler(settings), keepError);
  return { app, errors };
}

const throwing =
  (error: unknown): RequestHandler =>
  (_req, _res, next) =>
    next(error);

describe.each(expressVersions)('%s', (_name, express) => {
  test.each([
    [new MissingTokenError(), missingToken],
    [new InvalidTokenError('expired'), invalidToken],
    [new IssuerUnavailableError('jwks', 7), issuerUnavailable('7')],
  ])('%s is answered without any connectAuth before', async (error, expected) => {
    const { app, errors } = openApp(express, undefined, throwing(error));
    expect(answerOf(await request(app).get('/'))).toEqual(expected);
    expect(errors).toEqual([]);
  });

  test.each([
    ['an Error', new Error('no')],
    ['a ConfigurationError', new ConfigurationError('requireScopes()', 'needs connectAuth() before it')],
    ['an error with a status', Object.assign(new Error('no'), { status: 401, statusCode: 401 })],
    ['an object that looks like one', { status: 401, reason: 'expired', error: 'invalid_token', description: 'x' }],
    ['a string', 'no'],
  ])('%s goes on to the next error handler, untouched', async (_what, error) => {
    const { app, errors } = openApp(express, {}, throwing(error));
    expect(answerOf(await request(app).get('/'))).toEqual(kept);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBe(error);
  });

  test('an error that is read as a refusal is answered as that, and all others go on', async () => {
    const settings: Settings = {
      refusalOf: (error) => (error === 'reference' ? new UnknownReferenceError() : undefined),
    };
    const read = openApp(express, settings, throwing('reference'));
    expect(answerOf(await request(read.app).get('/'))).toEqual(
      refusal(422, 'Unprocessable Content', 'The request refers to something that does not exist', {}),
    );
    expect(read.errors).toEqual([]);
    const unread = openApp(express, settings, throwing('other'));
    expect(answerOf(await request(unread.app).get('/'))).toEqual(kept);
    expect(unread.errors).toEqual(['other']);
    const ours = openApp(express, settings, throwing(new MissingTokenError()));
    expect(answerOf(await request(ours.app).get('/'))).toEqual(missingToken);
    expect(() => authErrorHandler({ refusalOf: 'orgRefusalOf' as never })).toThrow(ConfigurationError);
  });

  test('an answer that is under way already: the error goes on, and nothing is added to the answer', async () => {
    const passed: unknown[] = [];
    const app = express();
    const error = new MissingTokenError();
    app.use((_req, res, next) => {
      res.status(200).write('begun, ');
      next(error);
    });
    const endIt: ErrorRequestHandler = (thrown, _req, res, _next) => {
      passed.push(thrown);
      res.end('ended');
    };
    app.use(authErrorHandler(), endIt);
    const { status, text, headers } = await request(app).get('/');
    expect({ status, text, passed }).toEqual({ status: 200, text: 'begun, ended', passed: [error] });
    expect(headers).not.toHaveProperty('www-authenticate');
  });

  test('an answer that was begun while the keys were fetched: the refusal goes on as an error', async () => {
    const { issuer, trust } = await openIssuer();
    const release = issuer.hold('jwks');
    const app = express();
    const passed: unknown[] = [];
    const endIt: ErrorRequestHandler = (thrown, _req, res, _next) => {
      passed.push(thrown);
      res.end('ended');
    };
    app.use((_req, res, next) => {
      res.status(200).write('begun, ');
      next();
    });
    app.use(connectAuth(trust()), endIt);
    const asking = request(app)
      .get('/')
      .set(bearer(issuer.flaws.tampered()))
      .then(({ text }) => text);
    await issuer.whenInFlight('jwks');
    release();
    expect(await asking).toBe('begun, ended');
    expect(passed).toMatchObject([{ name: 'InvalidTokenError', reason: 'bad_signature' }]);
  });

  test('its settings word the challenge, over those of connectAuth', async () => {
    const { trust, issuer } = await openIssuer();
    const metadata = 'https://api.test/.well-known/oauth-protected-resource';
    const auth = connectAuth({ ...trust(), passErrors: true, realm: 'inner' });
    const own = openApp(express, { realm: 'outer', resourceMetadata: metadata }, auth, requireScopes('admin'));
    const { challenge } = answerOf(await request(own.app).get('/'));
    expect(challenge).toBe(`Bearer realm="outer", resource_metadata="${metadata}"`);
    const inherited = openApp(express, undefined, auth, requireScopes('admin'));
    expect(answerOf(await request(inherited.app).get('/').set(bearer(issuer.flaws.expired()))).challenge).toBe(
      'Bearer realm="inner", error="invalid_token", error_description="The access token is not valid"',
    );
  });
});

test.each([
  ['a realm with a line break', { realm: 'api\r\nX: y' }],
  ['a metadata URL beyond ASCII', { resourceMetadata: 'https://äpi.test' }],
  ['an option of no such name', { relam: 'api' }],
])('%s is a ConfigurationError, thrown where the handler is made', (_fault, settings) => {
  expect(() => authErrorHandler(settings as Settings)).toThrow(ConfigurationError);
});
