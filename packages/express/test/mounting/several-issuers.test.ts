import { ConfigurationError, createVerifier } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorRequestHandler } from 'express';
import request from 'supertest';
import { connectAuth, currentAuth, requireScopes } from '../../src/index.js';
import { answerOf, invalidToken, missingToken } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let [a, b]: OpenIssuer[] = [];
beforeAll(async () => {
  a = await openIssuer({ issuer: 'https://a.test' });
  b = await openIssuer({ issuer: 'https://b.test' });
});
const world = (which: OpenIssuer | undefined): OpenIssuer => which as OpenIssuer;

describe.each(expressVersions)('%s', (_name, express) => {
  test('two issuers on two routes: each takes its own tokens and refuses the other’s', async () => {
    const app = express();
    app.use('/a', connectAuth(world(a).trust()), (req, res) => res.json(req.auth.issuer));
    app.use('/b', connectAuth(world(b).trust()), (req, res) => res.json(req.auth.issuer));
    const [ofA, ofB] = [bearer(world(a).issuer.token()), bearer(world(b).issuer.token())];
    expect((await request(app).get('/a').set(ofA)).body).toBe('https://a.test');
    expect((await request(app).get('/b').set(ofB)).body).toBe('https://b.test');
    expect(answerOf(await request(app).get('/a').set(ofB))).toEqual(invalidToken);
    expect(answerOf(await request(app).get('/b').set(ofA))).toEqual(invalidToken);
  });

  test('one middleware for both: each token is judged by its own issuer', async () => {
    const runtime = {
      ...world(a).trust().runtime,
      fetch: (url: string, init: RequestInit) =>
        world(url.startsWith('https://a.test/') ? a : b).issuer.runtime.fetch(url, init),
    };
    const issuers = [a, b].map((each) => {
      const { runtime: _, ...options } = world(each).trust();
      return options;
    });
    const { app } = openApi(express, connectAuth({ issuers, runtime }));
    for (const each of [a, b]) {
      const { body } = await request(app)
        .get('/')
        .set(bearer(world(each).issuer.token()));
      expect(body.auth.issuer).toBe(world(each).issuer.issuer);
      expect(
        answerOf(
          await request(app)
            .get('/')
            .set(bearer(world(each).issuer.flaws.unknownKey())),
        ),
      ).toEqual(invalidToken);
    }
  });

  test('a second connectAuth replaces the verdict of the first: what it refuses is refused', async () => {
    const { app, reached } = openApi(express, connectAuth(world(a).trust()), connectAuth(world(b).trust()));
    for (const each of [a, b]) {
      expect(
        answerOf(
          await request(app)
            .get('/')
            .set(bearer(world(each).issuer.token())),
        ),
      ).toEqual(invalidToken);
    }
    expect(answerOf(await request(app).get('/'))).toEqual(missingToken);
    expect(reached).toEqual([]);
  });

  test('a second connectAuth replaces the verdict of the first: req.auth, currentAuth() and the guards go by it', async () => {
    const [first, second] = [createVerifier(world(a).trust()), createVerifier(world(a).trust())];
    const seen: unknown[] = [];
    const { app } = openApi(
      express,
      connectAuth({ verifier: first, realm: 'first' }),
      connectAuth({ verifier: second, realm: 'second' }),
      (req, _res, next) => {
        seen.push(req.auth === currentAuth());
        next();
      },
      requireScopes('admin'),
    );
    const { challenge } = answerOf(
      await request(app)
        .get('/')
        .set(bearer(world(a).issuer.token())),
    );
    expect(challenge).toContain('realm="second"');
    expect(seen).toEqual([true]);
  });

  test('what the first found out is forgotten where the second refuses and an error handler answers', async () => {
    const seen: unknown[] = [];
    const look: ErrorRequestHandler = (_error, req, res, _next) => {
      seen.push(req.auth);
      try {
        seen.push(currentAuth().orgId);
      } catch (error) {
        seen.push(error);
      }
      res.status(401).end();
    };
    const app = express();
    app.use(connectAuth(world(a).trust()), connectAuth({ ...world(b).trust(), passErrors: true }), look);
    await request(app)
      .get('/')
      .set(bearer(world(a).issuer.token({ org: 'org_A' })))
      .expect(401);
    expect(seen).toEqual([
      undefined,
      new ConfigurationError('currentAuth()', 'was called outside a request whose token was verified'),
    ]);
  });
});
