import { EventEmitter, once } from 'node:events';
import { ConfigurationError } from '@connect-auth/core';
import { markOrg, toOrgId } from '@connect-auth/isolation';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Express, RequestHandler } from 'express';
import { connectAuth, type EgressOptions, orgEgress, requireOrg } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { openOrgApi, openWorld, type World } from './open-org-api.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

const problem = {
  type: 'about:blank',
  title: 'Internal Server Error',
  status: 500,
  detail: 'The answer was not sent',
  error: 'org_leak_blocked',
};
/** All that the caller gets to see in the place of a leak. */
const blocked = {
  status: 500,
  headers: {
    'x-powered-by': 'Express',
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    vary: 'Authorization',
    'content-length': String(JSON.stringify(problem).length),
    etag: expect.stringMatching(/^W\/"/),
    connection: 'close',
  },
  body: JSON.stringify(problem),
};

const own = { projects: [{ id: 'a1', org_id: 'org_A' }] };
const leaking = {
  projects: [
    { id: 'a1', org_id: 'org_A' },
    { id: 'b1', org_id: 'org_B', name: 'Gemini' },
  ],
};
class Entity {
  readonly orgId = 'org_B';
}
const marked = markOrg({ name: 'Gemini' }, toOrgId('org_B'));

describe.each(expressVersions)('%s', (_name, express) => {
  const openTo = (answer: RequestHandler, options?: EgressOptions, set?: (app: Express) => void) =>
    openOrgApi(express, world, (app) => {
      set?.(app);
      app.use(orgEgress(options), requireOrg());
      app.all('/', answer);
    });

  const ways: readonly (readonly [way: string, send: (value: unknown) => RequestHandler])[] = [
    ['res.json()', (value) => (_req, res) => res.json(value)],
    ['res.jsonp()', (value) => (_req, res) => res.jsonp(value)],
    ['res.send() of an object', (value) => (_req, res) => res.send(value)],
    ['res.send() of JSON', (value) => (_req, res) => res.type('json').send(JSON.stringify(value))],
    [
      'res.send() of JSON with spaces',
      (value) => (_req, res) => res.type('json').send(` ${JSON.stringify(value, null, 2)}\n`),
    ],
    ['res.send() of a Buffer', (value) => (_req, res) => res.type('json').send(Buffer.from(JSON.stringify(value)))],
    [
      'res.send() of problem+json',
      (value) => (_req, res) => res.type('application/problem+json').send(JSON.stringify(value)),
    ],
    ['res.status().json()', (value) => (_req, res) => res.status(201).json(value)],
    ['res.format()', (value) => (_req, res) => res.format({ json: () => res.json(value) })],
    [
      'an answer that comes later',
      (value) => (_req, res) => {
        setImmediate(() => res.json(value));
      },
    ],
  ];

  describe.each(ways)('%s', (way, send) => {
    test('with the own: sent as it is', async () => {
      const { ask, errors } = await openTo(send(own));
      const { status, headers, body } = await ask('/');
      expect([status, JSON.parse(body)]).toEqual([way.includes('status') ? 201 : 200, own]);
      expect(headers).toMatchObject({ 'cache-control': 'private', vary: expect.stringContaining('Authorization') });
      expect(errors).toEqual([]);
    });

    test('with another organization’s: 500, and nothing of it', async () => {
      const { ask, errors } = await openTo(send(leaking));
      const { headers, ...answer } = await ask('/');
      const { vary } = headers;
      expect({ ...answer, headers: { ...headers, vary: blocked.headers.vary } }).toEqual(blocked);
      expect([vary, errors]).toEqual([expect.stringContaining('Authorization'), []]);
    });
  });

  test('JSONP with a callback: 500, and no script', async () => {
    const { ask } = await openTo((_req, res) => res.jsonp(leaking));
    expect(await ask('/?callback=take')).toEqual(blocked);
    const good = await openTo((_req, res) => res.jsonp(own));
    expect((await good.ask('/?callback=take')).body).toContain(`take(${JSON.stringify(own)})`);
  });

  test('bytes of JSON that are no Buffer', async () => {
    const { ask } = await openTo((_req, res) =>
      res.type('json').send(new TextEncoder().encode(JSON.stringify(leaking))),
    );
    const { status, body } = await ask('/');
    // Express 4 makes an object of them, with a number for each byte: no JSON of anybody's.
    if (_name === 'Express 5') expect([status, body]).toEqual([500, blocked.body]);
    expect(body).not.toContain('org_B');
  });

  test.each<[what: string, value: unknown]>([
    ['a class instance', new Entity()],
    ['what toJSON makes', { toJSON: () => ({ org_id: 'org_B' }) }],
    ['a list', [[{ org_id: 'org_B' }]]],
    ['a marked object', marked],
    ['a copy of a marked object', { project: { ...marked } }],
    [
      'an object that stands beside a circle of its own kind',
      { a: { org_id: 'org_A' }, b: [{ c: { organizationId: 'org_B' } }] },
    ],
  ])('%s: 500', async (_what, value) => {
    const { ask } = await openTo((_req, res) => res.json(value));
    expect(await ask('/')).toEqual(blocked);
  });

  test('a circle is what it is without the check: an error of JSON', async () => {
    const circle: Record<string, unknown> = { org_id: 'org_A' };
    circle.self = circle;
    const { ask, errors } = await openTo((_req, res) => res.json(circle));
    expect(await ask('/')).toMatchObject({ status: 500, body: 'kept' });
    expect(errors).toEqual([expect.objectContaining({ name: 'TypeError' })]);
  });

  test('after an answer that JSON could not make, the next one is looked through as well', async () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const { ask } = await openTo((_req, res) => {
      try {
        res.json(circle);
      } catch {
        res.type('json').send(JSON.stringify(leaking));
      }
    });
    expect(await ask('/')).toMatchObject({ status: 500, body: blocked.body });
  });

  test('HEAD: 500, and no length or validator of what was not sent', async () => {
    const { ask } = await openTo((_req, res) => res.json(leaking));
    expect(await ask('/', { method: 'HEAD' })).toEqual({ ...blocked, body: '' });
  });

  test('what the handler said of its answer goes with it', async () => {
    const { ask } = await openTo((_req, res) => {
      res.set({
        ETag: '"org_B-7"',
        'Last-Modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
        'Cache-Control': 'public, max-age=60',
      });
      res.set({ 'Content-Disposition': 'attachment; filename="gemini.json"', 'Content-Length': '7' });
      res.status(206).json(leaking);
    });
    expect(await ask('/')).toEqual(blocked);
  });

  test('what the handler said of how its answer is written goes with it', async () => {
    const { ask } = await openTo((_req, res) => {
      res.set({ 'Content-Encoding': 'br', 'Content-Range': 'bytes 0-1/2', 'Content-Language': 'de' });
      res.json(leaking);
    });
    expect(await ask('/')).toEqual(blocked);
  });

  test('a caller that knows the validator of another’s answer is not told that it still holds', async () => {
    const leak = await openTo((_req, res) => res.json(leaking), { mode: 'off' });
    const { etag } = (await leak.ask('/')).headers;
    expect(etag).toMatch(/^W\/"/);
    const { ask } = await openTo((_req, res) => res.json(leaking));
    expect(await ask('/', { headers: { 'if-none-match': etag } })).toEqual(blocked);
  });

  test('every leak is answered in the same bytes', async () => {
    const answers = [leaking, new Entity(), marked, { org_id: 7 }].map(async (value) => {
      const { ask } = await openTo((_req, res) => res.json(value));
      return await ask('/');
    });
    const [first, ...others] = await Promise.all(answers);
    expect(others).toEqual([first, first, first]);
  });

  test('what the settings of the application make of JSON does not matter', async () => {
    const { ask } = await openTo(
      (_req, res) => res.json(leaking),
      {},
      (app) => {
        app.set('json spaces', 2);
        app.set('etag', false);
      },
    );
    const { status, headers, body } = await ask('/');
    expect([status, headers.etag, JSON.parse(body)]).toEqual([500, undefined, problem]);
  });

  test.each(['text', 'html', 'bin'])(
    '%s is looked at where it reads like JSON, and else is not for this check',
    async (type) => {
      const text = await openTo((_req, res) => res.type(type).send(JSON.stringify(leaking)));
      expect(await text.ask('/')).toMatchObject({ status: 500 });
      const page = await openTo((_req, res) => res.type(type).send(`of org_B: ${JSON.stringify(leaking)}`));
      expect(await page.ask('/')).toMatchObject({ status: 200 });
    },
  );

  test('no answer, an empty one, and what only calls itself JSON are sent', async () => {
    for (const answer of [
      (res: Parameters<RequestHandler>[1]) => res.status(204).end(),
      (res: Parameters<RequestHandler>[1]) => res.sendStatus(202),
      (res: Parameters<RequestHandler>[1]) => res.json(null),
      (res: Parameters<RequestHandler>[1]) => res.type('json').send('{"org_id":'),
    ]) {
      const { ask } = await openTo((_req, res) => {
        answer(res);
      });
      expect((await ask('/')).status).toBeLessThan(300);
    }
  });

  describe('options', () => {
    test('report tells and sends, off neither tells nor looks, and both say Vary', async () => {
      const told: unknown[] = [];
      for (const mode of ['report', 'off'] as const) {
        const { ask } = await openTo((_req, res) => res.json(leaking), { mode, onLeak: (leak) => told.push(leak) });
        expect(await ask('/')).toMatchObject({
          status: 200,
          headers: { 'cache-control': 'private', vary: 'Authorization' },
          body: JSON.stringify(leaking),
        });
      }
      expect(told).toEqual([{ path: 'projects[1].org_id', orgId: 'org_B' }]);
    });

    test('a leak is told once, whichever way the answer goes', async () => {
      const told: unknown[] = [];
      for (const [, send] of ways) {
        const { ask } = await openTo(send(leaking), { mode: 'report', onLeak: (leak) => told.push(leak) });
        await ask('/');
      }
      expect(told).toHaveLength(ways.length);
    });

    test('a listener that throws cannot let the answer through', async () => {
      const { ask } = await openTo((_req, res) => res.json(leaking), {
        onLeak: () => {
          throw new Error('no alarm');
        },
      });
      expect(await ask('/')).toEqual(blocked);
    });

    test('except lets other organizations be named below a field', async () => {
      const { ask } = await openTo((req, res) => res.json(req.query.own === '' ? { memberships: leaking } : leaking), {
        except: ['memberships'],
      });
      expect(await ask('/?own')).toMatchObject({ status: 200 });
      expect(await ask('/')).toEqual(blocked);
    });

    test.each([{ mode: 'on' }, { except: 'a' }, { onLeak: 1 }, { excpet: [] }])(
      '%j is refused at the start',
      (options) => {
        expect(() => orgEgress(options as never)).toThrow(ConfigurationError);
      },
    );
  });

  describe('without an organization', () => {
    const open = (answer: unknown, authenticate?: RequestHandler) =>
      openOrgApi(express, world, (app) => app.use(orgEgress(), (_req, res) => res.json(answer)), authenticate);

    test('a caller without one, and nobody, are sent nobody’s data and no one’s', async () => {
      for (const [authenticate, token] of [
        [connectAuth(world.trust()), world.tokens.none],
        [connectAuth.optional(world.trust()), undefined],
      ] as const) {
        const [open1, open2] = [await open({ version: 1 }, authenticate), await open(own, authenticate)];
        expect(await open1.askAs(token, '/')).toMatchObject({ status: 200 });
        expect(await open2.askAs(token, '/')).toEqual(blocked);
      }
    });

    test('before connectAuth() whatever is anybody’s is held back', async () => {
      const { ask } = await openOrgApi(
        express,
        world,
        (app) => app.use((_req, res) => res.json({ version: 1 })),
        orgEgress(),
      );
      expect(await ask('/')).toMatchObject({ status: 200 });
    });
  });

  test('an answer that is sent from within the work of another caller is held against its own', async () => {
    const bus = new EventEmitter();
    const { ask, askAs } = await openOrgApi(express, world, (app) => {
      app.get('/wait', orgEgress(), (_req, res) => {
        bus.once('report', (report) => res.json(report));
        bus.emit('waiting');
      });
      app.get('/emit', (_req, res) => {
        bus.emit('report', { org_id: 'org_B', revenue: 7 });
        res.json({});
      });
    });
    const waiting = once(bus, 'waiting');
    const asking = ask('/wait');
    await waiting;
    await askAs(world.tokens.B, '/emit');
    expect(await asking).toEqual(blocked);
  });

  test('a cache that knows no organizations: the second is not sent what was the first’s', async () => {
    const cache = new Map<string, string>();
    const { ask, askAs } = await openOrgApi(express, world, (app) =>
      app.get('/projects', orgEgress(), (req, res) => {
        const body = cache.get(req.url) ?? JSON.stringify({ org_id: req.auth.orgId });
        cache.set(req.url, body);
        res.type('json').send(body);
      }),
    );
    expect(await askAs(world.tokens.B, '/projects')).toMatchObject({ status: 200, body: '{"org_id":"org_B"}' });
    expect(await ask('/projects')).toEqual(blocked);
    expect(await askAs(world.tokens.B, '/projects')).toMatchObject({ status: 200 });
  });
});
