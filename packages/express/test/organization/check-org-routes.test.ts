import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import type { Express, RequestHandler } from 'express';
import express from 'express';
import {
  checkOrgRoutes,
  orgBody,
  orgEgress,
  orgExempt,
  orgHeader,
  orgOwned,
  orgParam,
  orgQuery,
  orgStamp,
  orgSubdomain,
  requireOrg,
  requireScopes,
} from '../../src/index.js';
import { expressVersions } from '../express-versions.js';

const handler: RequestHandler = (_req, res) => {
  res.end();
};
const found = (mount: (app: Express) => void): readonly string[] => {
  const app = express();
  mount(app);
  return checkOrgRoutes(app, { undeclared: 'allow' });
};

describe('a declaration', () => {
  test.each<[call: string, declaration: RequestHandler]>([
    ['requireOrg', requireOrg()],
    ['orgParam', orgParam('id')],
    ['orgHeader', orgHeader('X-Org-Id')],
    ['orgQuery', orgQuery('org_id')],
    ['orgSubdomain', orgSubdomain({ domain: 'api.test', orgOf: () => undefined })],
    ['orgBody', orgBody('org_id')],
    ['orgStamp', orgStamp()],
    ['orgOwned', orgOwned('project', () => null)],
    ['orgExempt', orgExempt('liveness')],
  ])('%s is one, on the route, in a list and on what it is mounted under', (_call, declaration) => {
    expect(found((app) => app.get('/projects/:id', declaration, handler))).toEqual([]);
    expect(found((app) => app.get('/projects/:id', [requireScopes('a'), [declaration]] as never, handler))).toEqual([]);
    expect(found((app) => app.use('/projects', declaration).get('/projects/:id', handler))).toEqual([]);
    expect(found((app) => app.use(declaration).get('/', handler))).toEqual([]);
  });

  test.each<[call: string, other: RequestHandler]>([
    ['requireScopes', requireScopes('a')],
    ['orgEgress', orgEgress()],
    ['any other', (_req, _res, next) => next()],
  ])('%s is none', (_call, other) => {
    expect(found((app) => app.use(other).get('/projects/:id', other, handler))).toEqual(['GET /projects/:id']);
  });
});

describe('the order', () => {
  test('a declaration behind the route, or at another path, does not count', () => {
    expect(found((app) => app.get('/a', handler).use(requireOrg()))).toEqual(['GET /a']);
    expect(found((app) => app.get('/a', handler).use('/a', requireOrg()).get('/a/b', handler))).toEqual(['GET /a']);
    expect(found((app) => app.use('/a', requireOrg()).get('/ab', handler).get('/b/a', handler))).toEqual([
      'GET /ab',
      'GET /b/a',
    ]);
    expect(found((app) => app.use('/a/b', requireOrg()).get('/a', handler))).toEqual(['GET /a']);
  });

  test('a declaration behind the handler of its own route does not count', () => {
    expect(found((app) => app.get('/a', handler, requireOrg()))).toEqual(['GET /a']);
    expect(found((app) => app.route('/a').get(handler).all(requireOrg()))).toEqual(['GET /a']);
  });

  test('of the same path with a slash at its end counts', () => {
    expect(found((app) => app.use('/a/', requireOrg()).get('/a', handler).get('/a/b/', handler))).toEqual([]);
  });

  test('one that stands between two routes counts for the second', () => {
    expect(found((app) => app.get('/a', handler).use(requireOrg()).get('/b', handler))).toEqual(['GET /a']);
  });
});

describe('methods', () => {
  test('are told one by one', () => {
    const mount = (app: Express) => app.route('/a').get(requireOrg(), handler).post(handler).delete(handler);
    expect(found(mount)).toEqual(['POST /a', 'DELETE /a']);
  });

  test('a declaration for all of them counts for each that follows', () => {
    expect(found((app) => app.route('/a').all(requireOrg()).get(handler).post(handler))).toEqual([]);
  });

  test('a declaration for one of them does not count for all', () => {
    expect(found((app) => app.route('/a').get(requireOrg()).all(handler))).toEqual(['ALL /a']);
  });

  test('app.all() is every method', () => {
    expect(found((app) => app.all('/a', handler))).toEqual(expect.arrayContaining(['GET /a', 'POST /a', 'DELETE /a']));
    expect(found((app) => app.all('/a', requireOrg(), handler))).toEqual([]);
  });
});

describe('paths', () => {
  test('all of several are told', () => {
    expect(found((app) => app.get(['/a', '/b'], handler))).toEqual(['GET /a', 'GET /b']);
    expect(found((app) => app.use(['/a', '/b'], requireOrg()).get(['/a', '/b', '/c'], handler))).toEqual(['GET /c']);
  });

  test('a regular expression is one', () => {
    expect(found((app) => app.get(/^\/files\/.*/, handler))).toEqual(['GET /^\\/files\\/.*/']);
    expect(found((app) => app.get(/^\/files\/.*/, requireOrg(), handler))).toEqual([]);
    expect(found((app) => app.use(/^\/files/, requireOrg()).get('/other', handler))).toEqual(['GET /other']);
  });

  test('the same route twice is told by its own declaration each time', () => {
    expect(found((app) => app.get('/a', requireOrg(), handler).get('/a', handler))).toEqual(['GET /a']);
  });

  test('the root is one', () => {
    expect(found((app) => app.get('/', handler))).toEqual(['GET /']);
  });

  test('an application without routes has none', () => {
    expect(checkOrgRoutes(express())).toEqual([]);
  });
});

describe('routers', () => {
  const routerOf = (...before: RequestHandler[]) => {
    const router = express.Router();
    if (before.length > 0) router.use(...before);
    router.get('/:id', handler);
    router.post('/', orgStamp(), handler);
    return router;
  };

  test('are gone through, at any depth, with the paths that they are mounted at', () => {
    const outer = express.Router().use('/projects', routerOf());
    expect(found((app) => app.use('/api/v1', outer).use(routerOf()))).toEqual(['GET /api/v1/projects/:id', 'GET /:id']);
  });

  test('that are mounted at several paths are told at each', () => {
    expect(found((app) => app.use(['/a', '/b'], routerOf()))).toEqual(['GET /a/:id', 'GET /b/:id']);
  });

  test('a declaration counts before them, and inside of them', () => {
    expect(found((app) => app.use('/projects', requireOrg(), routerOf()))).toEqual([]);
    expect(found((app) => app.use('/orgs/:orgId', orgParam('orgId')).use('/orgs/:orgId', routerOf()))).toEqual([]);
    expect(found((app) => app.use('/projects', routerOf(requireOrg())))).toEqual([]);
    expect(found((app) => app.use('/projects', routerOf(), requireOrg()))).toEqual(['GET /projects/:id']);
  });

  test('a declaration inside of one does not count for the next', () => {
    expect(found((app) => app.use('/a', routerOf(requireOrg())).use('/b', routerOf()))).toEqual(['GET /b/:id']);
  });

  test('an application in an application hides its routes: it needs a declaration before it', () => {
    const inner = express();
    inner.get('/secret', handler);
    expect(found((app) => app.use('/inner', inner))).toEqual(['* /inner']);
    expect(found((app) => app.use('/inner', requireOrg(), inner))).toEqual([]);
  });
});

describe('what is done about it', () => {
  const app = express();
  app.get('/a', handler).post('/b', handler);

  test('deny, the default, throws and lists them all', () => {
    const problem = new ConfigurationError(
      'undeclared',
      'found routes that say nothing about organizations: GET /a, POST /b. Put requireOrg(), orgParam(), orgOwned() or orgExempt(reason) on each',
    );
    expect(() => checkOrgRoutes(app)).toThrow(problem);
    expect(() => checkOrgRoutes(app, { undeclared: 'deny' })).toThrow(problem);
  });

  test('allow lists them', () => {
    expect(checkOrgRoutes(app, { undeclared: 'allow' })).toEqual(['GET /a', 'POST /b']);
  });

  test.each([{ undeclared: 'warn' }, { undeclared: null }, { undeclard: 'allow' }])('%j is refused', (options) => {
    expect(() => checkOrgRoutes(app, options as never)).toThrow(ConfigurationError);
  });

  test.each([...expressVersions].filter(([name]) => name === 'Express 4'))('%s cannot tell: refused', (_name, old) => {
    const oldApp = old();
    oldApp.get('/a', requireOrg(), handler);
    for (const undeclared of ['deny', 'allow'] as const) {
      expect(() => checkOrgRoutes(oldApp, { undeclared })).toThrow(
        new ConfigurationError('checkOrgRoutes()', 'needs Express 5.3'),
      );
    }
  });

  test('an exemption needs a reason', () => {
    for (const reason of ['', ' ', undefined]) expect(() => orgExempt(reason as string)).toThrow(ConfigurationError);
  });
});
