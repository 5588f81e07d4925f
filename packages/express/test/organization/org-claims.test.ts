import { namedInQuery } from '@connect-auth/isolation/adapter';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { orgHeader, orgQuery } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { openOrgApi, openWorld, type World } from './open-org-api.js';
import { ambiguous, forbidden, notFound } from './refusals.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

describe.each(expressVersions)('%s', (_name, express) => {
  describe('in a header', () => {
    const open = (options = {}) =>
      openOrgApi(express, world, (app, handler) => app.get('/projects', orgHeader('X-Org-Id', options), handler));

    test('the own, or none: 200', async () => {
      const { ask } = await open();
      for (const headers of [{}, { 'x-org-id': 'org_A' }, { 'X-ORG-ID': ' org_A ' }]) {
        expect(await ask('/projects', { headers })).toMatchObject({ status: 200, body: '{"org":"org_A"}' });
      }
    });

    test.each(['org_B', 'org_a', 'org_A,org_A', 'org_A, org_B', '', '"org_A"', 'org%5FA'])('%j: 403', async (value) => {
      const { ask, reached } = await open();
      expect(await ask('/projects', { headers: { 'x-org-id': value } })).toEqual(forbidden);
      expect(reached).toEqual([]);
    });

    test.each([
      ['org_A', 'org_B'],
      ['org_B', 'org_A'],
      ['org_A', 'org_A'],
      ['', 'org_A'],
    ])('%j and %j in two headers: 400', async (...values) => {
      const { ask, reached } = await open();
      expect(await ask('/projects', { headers: { 'x-org-id': values } })).toEqual(ambiguous);
      expect(reached).toEqual([]);
    });

    test('told to hide: 404', async () => {
      const { ask } = await open({ foreign: 'hide' });
      expect(await ask('/projects', { headers: { 'x-org-id': 'org_B' } })).toEqual(notFound);
    });
  });

  describe('in the query', () => {
    const open = (options = {}, parser?: string) =>
      openOrgApi(express, world, (app, handler) => {
        if (parser !== undefined) app.set('query parser', parser);
        const router = express.Router();
        router.get('/projects', orgQuery('org_id', options), handler);
        app.use('/api', router);
      });

    test.each(['', '?', '?page=2', '?org_id=org_A', '?page=2&org%5Fid=org%5FA'])('%s: 200', async (query) => {
      const { ask } = await open();
      expect(await ask(`/api/projects${query}`)).toMatchObject({ status: 200, body: '{"org":"org_A"}' });
    });

    test.each([
      '?org_id=org_B',
      '?org_id=',
      '?org_id',
      '?org_id=org_a',
      '?org_id=org_A+',
      '?org_id=org%255FA',
      '?x#&org_id=org_B',
    ])('%s: 403', async (query) => {
      const { ask, reached } = await open();
      expect(await ask(`/api/projects${query}`)).toEqual(forbidden);
      expect(reached).toEqual([]);
    });

    describe.each(['simple', 'extended'])('with the %s parser', (parser) => {
      test.each([
        '?org_id=org_A&org_id=org_A',
        '?org_id=org_A&org_id=org_B',
        '?org_id[]=org_A',
        '?org_id[0]=org_A',
        '?org_id[a]=org_A',
        '?org_id%5B%5D=org_A',
        '?org_id=org_A&org_id[]=org_B',
        '?[org_id]=org_B',
        '?%5Borg_id%5D=org_B',
        '?org_id=org_A&[org_id]=org_B',
      ])('%s: 400', async (query) => {
        const { ask, reached } = await open({}, parser);
        expect(await ask(`/api/projects${query}`)).toEqual(ambiguous);
        expect(reached).toEqual([]);
      });

      test('whatever the query, the handler never sees another organization in it', () => {
        const app = express();
        app.set('query parser', parser);
        const parse = app.get('query parser fn') as (query: string) => Record<string, unknown>;
        const piece = fc.constantFrom(
          'org_id',
          'org%5Fid',
          'org_A',
          'org_B',
          '=',
          '&',
          '[',
          ']',
          '%5B',
          '%5D',
          '[]',
          '+',
          '%',
          '.',
          '?',
          ';',
          'a',
        );
        fc.assert(
          fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
            const query = pieces.join('');
            const parsed = parse(query);
            const named = namedInQuery(`/projects?${query}`, parsed, 'org_id');
            const seen = parsed.org_id;
            if (named === 'org_A') expect([undefined, 'org_A']).toContain(seen);
            if (named === undefined) expect(seen).toBeUndefined();
          }),
          { seed: 20260101, numRuns: 20_000 },
        );
      });
    });

    test('told to hide: 404', async () => {
      const { ask } = await open({ foreign: 'hide' });
      expect(await ask('/api/projects?org_id=org_B')).toEqual(notFound);
    });
  });
});
