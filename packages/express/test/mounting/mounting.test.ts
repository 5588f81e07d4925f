import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth, requireScopes } from '../../src/index.js';
import { answerOf, insufficientScope, invalidRequest, kept, missingToken } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { errorKeeper } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer();
});

test('the rows of these tables are Express 4 and Express 5', () => {
  const removedIn5 = expressVersions.map(([, express]) => 'del' in express.application);
  expect(removedIn5).toEqual([true, false]);
});

describe.each(expressVersions)('%s', (_name, express) => {
  /** `/api` behind connectAuth, in it a router with a router in it; `/health` beside it. */
  function open() {
    const inner = express.Router();
    inner.get('/:id', requireScopes('projects:read'), (req, res) => {
      res.json({ id: req.params.id, orgId: req.auth.orgId });
    });
    inner.delete('/:id', requireScopes('projects:write'), (_req, res) => {
      res.json('deleted');
    });
    const outer = express.Router();
    outer.use('/projects', inner);
    const app = express();
    app.use('/api', connectAuth(world.trust()), outer);
    app.get('/health', (_req, res) => {
      res.json('up');
    });
    return app;
  }

  test('under a path, routers in routers are guarded, and what is beside the path is not', async () => {
    const app = open();
    const { body } = await request(app)
      .get('/api/projects/7')
      .set(bearer(world.issuer.token({ org: 'org_B' })));
    expect(body).toEqual({ id: '7', orgId: 'org_B' });
    expect(answerOf(await request(app).get('/api/projects/7'))).toEqual(missingToken);
    expect(answerOf(await request(app).delete('/api/projects/7').set(bearer(world.issuer.token())))).toEqual(
      insufficientScope('projects:write'),
    );
    await request(app).get('/health').expect(200, '"up"');
  });

  test.each([
    '/api',
    '/api/',
    '/API/projects/7',
    '/api//projects/7',
    '/api/projects/7/',
    '/api/none',
    '/%61pi/projects/7',
  ])('%s without a token never reaches a handler', async (path) => {
    const { status, text } = await request(open()).get(path);
    expect([401, 404]).toContain(status);
    expect(text).not.toContain('orgId');
  });

  test('under a path, a token in the query beside the header is seen as well', async () => {
    const answer = await request(open()).get('/api/projects/7?access_token=a').set(bearer(world.issuer.token()));
    expect(answerOf(answer)).toEqual(invalidRequest);
  });

  test('a path that no handler takes: 401 without a token, 404 with one', async () => {
    await request(open()).get('/api/none').expect(401);
    await request(open()).get('/api/none').set(bearer(world.issuer.token())).expect(404);
  });

  test('on one route alone', async () => {
    const app = express();
    app.get('/open', (_req, res) => res.json('open'));
    app.get('/closed', connectAuth(world.trust()), (_req, res) => res.json('closed'));
    await request(app).get('/open').expect(200, '"open"');
    await request(app).get('/closed').expect(401);
    await request(app).get('/closed').set(bearer(world.issuer.token())).expect(200, '"closed"');
  });

  test('what a handler throws reaches the error handler, once, and is no 401', async () => {
    const error = new Error('a bug');
    const app = express();
    const { errors, keepError } = errorKeeper();
    app.use(connectAuth(world.trust()), requireScopes('projects:read'));
    app.get('/throws', () => {
      throw error;
    });
    app.get('/next', (_req, _res, next) => next(error));
    app.use(keepError);
    for (const path of ['/throws', '/next']) {
      expect(answerOf(await request(app).get(path).set(bearer(world.issuer.token())))).toEqual(kept);
    }
    expect(errors).toEqual([error, error]);
    expect(errors[0]).toBe(error);
  });

  test('an error of this suite that a handler throws is not answered by the middleware behind its back', async () => {
    const app = express();
    const { errors, keepError } = errorKeeper();
    app.use(connectAuth(world.trust()));
    app.get('/', (_req, _res, next) => next(Object.assign(new Error('downstream'), { status: 401 })));
    app.use(keepError);
    expect(answerOf(await request(app).get('/').set(bearer(world.issuer.token())))).toEqual(kept);
    expect(errors).toHaveLength(1);
  });
});

test('Express 5: what an async handler rejects with reaches the error handler, and is no 401', async () => {
  const express = expressVersions[1]?.[1] as NonNullable<(typeof expressVersions)[1]>[1];
  const error = new Error('a bug');
  const app = express();
  const { errors, keepError } = errorKeeper();
  app.use(connectAuth(world.trust()));
  app.get('/', async () => {
    throw error;
  });
  app.use(keepError);
  expect(answerOf(await request(app).get('/').set(bearer(world.issuer.token())))).toEqual(kept);
  expect(errors).toEqual([error]);
});
