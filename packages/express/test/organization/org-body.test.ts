import { ConfigurationError } from '@connect-auth/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { orgBody, orgStamp } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { json, openOrgApi, openWorld, type World } from './open-org-api.js';
import { ambiguous, forbidden } from './refusals.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

describe.each(expressVersions)('%s', (_name, express) => {
  const open = (guard: RequestHandler, ...parsers: RequestHandler[]) =>
    openOrgApi(express, world, (app, handler) => app.post('/projects', ...parsers, guard, handler));
  const form = (body: string) => ({
    ...json(''),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });

  describe('orgBody', () => {
    test.each<[body: unknown]>([
      [{ org_id: 'org_A' }],
      [{ name: 'Apollo' }],
      [[{ org_id: 'org_A' }, { org_id: 'org_A' }]],
      [[]],
    ])('%j: 200', async (body) => {
      const { ask, reached } = await open(orgBody('org_id'), express.json());
      expect(await ask('/projects', json(body))).toMatchObject({ status: 200 });
      expect(reached).toEqual([{ org: 'org_A', body }]);
    });

    test.each<[body: unknown, refusal: unknown]>([
      [{ org_id: 'org_B' }, forbidden],
      [{ org_id: '' }, forbidden],
      [{ org_id: 'org_a' }, forbidden],
      [[{}, { org_id: 'org_B' }], forbidden],
      [{ org_id: ['org_A'] }, ambiguous],
      [{ org_id: { $in: ['org_A', 'org_B'] } }, ambiguous],
      [{ org_id: 7 }, ambiguous],
      [[{ org_id: 'org_A' }, { org_id: 'org_B' }], ambiguous],
    ])('%j is refused, and the handler is not reached', async (body, refusal) => {
      const { ask, reached } = await open(orgBody('org_id'), express.json());
      expect(await ask('/projects', json(body))).toEqual(refusal);
      expect(reached).toEqual([]);
    });

    test.each([
      ['org_id=org_A', 200],
      ['org_id=org_B', 403],
      ['org_id=org_A&org_id=org_A', 400],
      ['org_id[]=org_A', 400],
      ['org_id[x]=org_A', 400],
      ['[org_id]=org_B', 403],
    ])('a form with %s: %d', async (body, status) => {
      const { ask } = await open(orgBody('org_id'), express.urlencoded({ extended: true }));
      expect(await ask('/projects', form(body))).toMatchObject({ status });
    });
  });

  describe('orgStamp', () => {
    test.each<[sent: unknown, saved: unknown]>([
      [{ name: 'Apollo' }, { name: 'Apollo', org_id: 'org_A' }],
      [{ org_id: 'org_B' }, { org_id: 'org_A' }],
      [{ orgId: 'org_B', organization_id: 'org_B' }, { org_id: 'org_A' }],
      [
        [{ a: 1 }, { org_id: 'org_B' }],
        [{ a: 1, org_id: 'org_A' }, { org_id: 'org_A' }],
      ],
      [{ tasks: [{ org_id: 'org_A' }] }, { tasks: [{ org_id: 'org_A' }], org_id: 'org_A' }],
    ])('%j is saved as %j', async (sent, saved) => {
      const { ask, reached } = await open(orgStamp(), express.json());
      expect(await ask('/projects', json(sent))).toMatchObject({ status: 200 });
      expect(reached).toEqual([{ org: 'org_A', body: saved }]);
    });

    test('is written into the field that it is told', async () => {
      const { ask, reached } = await open(orgStamp('tenant'), express.json());
      await ask('/projects', json({ tenant: 'org_B', org_id: 'org_B' }));
      expect(reached).toEqual([{ org: 'org_A', body: { tenant: 'org_A' } }]);
    });

    test.each<[body: unknown]>([
      [{ tasks: [{ org_id: 'org_B' }] }],
      [{ project: { organizationId: 'org_B' } }],
      [[{ a: 1 }, { project: { org_id: 'org_B' } }]],
    ])('%j with another organization further in: 403, and the handler is not reached', async (body) => {
      const { ask, reached } = await open(orgStamp(), express.json());
      expect(await ask('/projects', json(body))).toEqual(forbidden);
      expect(reached).toEqual([]);
    });

    test('a body of great depth: 400, and the next request is answered', async () => {
      const { ask } = await open(orgStamp(), express.json({ limit: '1mb' }));
      const deep = { ...json(''), body: `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}` };
      expect(await ask('/projects', deep)).toEqual(ambiguous);
      expect(await ask('/projects', json({}))).toMatchObject({ status: 200 });
    });

    test('a form', async () => {
      const { ask, reached } = await open(orgStamp(), express.urlencoded({ extended: true }));
      await ask('/projects', form('name=Apollo&org_id=org_B&org_id[x]=org_B'));
      expect(reached).toMatchObject([{ body: { name: 'Apollo', org_id: 'org_A' } }]);
      expect(await ask('/projects', form('task[org_id]=org_B'))).toEqual(forbidden);
    });
  });

  describe.each([
    ["orgBody('org_id')", () => orgBody('org_id')],
    ["orgStamp('org_id')", () => orgStamp()],
  ])('%s', (call, make) => {
    const misplaced = [
      new ConfigurationError(call, 'must stand behind what reads the body, and found one that nobody has read'),
    ];

    test.each<[what: string, headers: Record<string, string>]>([
      ['with its length', {}],
      ['in chunks', { 'transfer-encoding': 'chunked' }],
    ])('a body %s that nobody has parsed: 500, and the handler is not reached', async (_what, headers) => {
      const { ask, reached, errors } = await open(make());
      const { headers: type, ...sent } = json({ org_id: 'org_B' });
      expect(await ask('/projects', { ...sent, headers: { ...type, ...headers } })).toMatchObject({
        status: 500,
        body: 'kept',
      });
      expect([reached, errors]).toEqual([[], misplaced]);
    });

    test.each(['text/plain', 'application/x-www-form-urlencoded', 'text/json', 'application/vnd.api+json', undefined])(
      'a body of the type %s, which nothing reads: 415, and the handler is not reached',
      async (type) => {
        const { ask, reached, errors } = await open(make(), express.json());
        const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
        const answer = await ask('/projects', { method: 'POST', headers, body: 'org_id=org_B' });
        expect({ status: answer.status, body: JSON.parse(String(answer.body)) }).toEqual({
          status: 415,
          body: {
            type: 'about:blank',
            title: 'Unsupported Media Type',
            status: 415,
            detail: 'The body is of a type that this resource does not read',
          },
        });
        expect([reached, errors]).toEqual([[], []]);
      },
    );

    test.each(['application/json', 'multipart/form-data; boundary=x'])(
      'a body of the type %s that something else may read: 500',
      async (type) => {
        const { ask, reached, errors } = await open(make());
        const sent = { method: 'POST', headers: { 'content-type': type }, body: '{"org_id":"org_B"}' };
        expect(await ask('/projects', sent)).toMatchObject({ status: 500, body: 'kept' });
        expect([reached, errors]).toEqual([[], misplaced]);
      },
    );

    test('no body: 200', async () => {
      const { ask } = await open(make());
      expect(await ask('/projects', { method: 'POST' })).toMatchObject({ status: 200 });
    });

    test.each<[what: string, parser: () => RequestHandler]>([
      ['as text', () => express.text({ type: '*/*' })],
      ['as bytes', () => express.raw({ type: '*/*' })],
    ])('a body that was taken %s has no fields to look at: it is not let through unseen', async (_what, parser) => {
      const { ask, reached } = await open(make(), parser());
      expect((await ask('/projects', json({ org_id: 'org_B' }))).status).toBeGreaterThanOrEqual(400);
      expect(reached).toEqual([]);
    });
  });
});
