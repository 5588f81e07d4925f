import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { orgEgress, orgOwned, orgParam } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import type { Asked, WholeAnswer } from './ask.js';
import { openOrgApi, openWorld, type World } from './open-org-api.js';
import { forbidden, notFound } from './refusals.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

/** The egress check has its say in every answer, whatever it is. */
const behindEgress = ({ headers, ...answer }: WholeAnswer) => ({
  ...answer,
  headers: { ...headers, vary: 'Authorization' },
});

const projects = new Map([
  ['a1', { id: 'a1', org_id: 'org_A', secret: 'apollo' }],
  ['b1', { id: 'b1', org_id: 'org_B', secret: 'gemini' }],
]);
const foreignPaths = [
  '/orgs/org_A/projects/b1',
  '/orgs/org_B/projects/b1',
  '/orgs/org_B/projects/a1',
  '/orgs/org_B/projects/x1',
];
const unknownPath = '/orgs/org_A/projects/x1';

const asking: readonly (readonly [what: string, asked: Asked])[] = [
  ['GET', {}],
  ['HEAD', { method: 'HEAD' }],
  ['DELETE', { method: 'DELETE' }],
  ['POST with a body', { method: 'POST', body: '{"org_id":"org_A"}', headers: { 'content-type': 'application/json' } }],
  ['GET with a validator', { headers: { 'if-none-match': '*' } }],
  ['GET for a part', { headers: { range: 'bytes=0-1' } }],
  ['GET for a page', { headers: { accept: 'text/html', 'accept-encoding': 'gzip' } }],
];

describe.each(expressVersions)('%s', (_name, express) => {
  describe.each(['at once', 'after a wait', 'as null'])('found %s', (how) => {
    const find = (id: string) => (how === 'as null' ? (projects.get(id) ?? null) : projects.get(id));
    const load = (id: string) => (how === 'after a wait' ? setImmediate(find(id)) : find(id));
    const open = (foreign?: 'hide' | 'forbid') =>
      openOrgApi(express, world, (app, handler) => {
        const options = foreign === undefined ? {} : { foreign };
        app.use(orgEgress(), express.json());
        app.all('/orgs/:orgId/projects/:id', orgParam('orgId', options), orgOwned('project', load, options), handler);
      });

    test.each(asking)(
      '%s: another’s path, another’s object and an unknown one are answered in the same bytes',
      async (_what, asked) => {
        const { ask, reached, errors } = await open();
        const unknown = await ask(unknownPath, asked);
        for (const path of foreignPaths) expect(await ask(path, asked)).toEqual(unknown);
        expect([reached, errors]).toEqual([[], []]);
      },
    );

    test('and these are the bytes', async () => {
      const { ask } = await open();
      expect(await ask(unknownPath)).toEqual(behindEgress(notFound));
      expect(await ask('/orgs/org_A/projects/a1')).toMatchObject({ status: 200 });
    });

    test('told to forbid: 403 for another’s, 404 for unknown ones', async () => {
      const { ask, reached } = await open('forbid');
      expect(await Promise.all(foreignPaths.map((path) => ask(path)))).toEqual(Array(4).fill(behindEgress(forbidden)));
      expect(await ask(unknownPath)).toEqual(behindEgress(notFound));
      expect(reached).toEqual([]);
    });
  });
});
