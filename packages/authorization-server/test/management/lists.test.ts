import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { manage } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { createOrganization, createUser } from './create.js';
import { readPage, walk } from './pages.js';
import { refusal, seen } from './shapes.js';

const count = 23;
const lists = {
  '/connect/applications': async () => {
    const { id } = await server.server.parts.applications.create({
      name: 'Web',
      applicationType: 'oauth',
      isFirstParty: true,
    });
    return id;
  },
  '/organizations': () => createOrganization(server),
  '/user_management/users': (at: number) => createUser(server, `${at}@acme.test`),
  '/user_management/organization_memberships': async (at: number) => {
    const user_id = madeIn('/user_management/users')[at] as string;
    const organization_id = madeIn('/organizations')[at] as string;
    const body = { user_id, organization_id };
    return (await manage(server, 'POST', '/user_management/organization_memberships', body)).body.id as string;
  },
};
const paths = Object.keys(lists) as (keyof typeof lists)[];

let server: TestServer;
/** In the order in which they were made. */
const made = new Map<string, string[]>();
const madeIn = (path: string) => made.get(path) ?? [];
beforeAll(async () => {
  server = await openServer();
  for (const path of paths) {
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) ids.push(await lists[path](at));
    made.set(path, ids);
  }
});
afterAll(() => server.close());

describe.each(paths)('GET %s', (path) => {
  const newestFirst = () => madeIn(path).toReversed();

  test('without parameters: the newest ten', async () => {
    expect(await readPage(server, path, {})).toEqual({
      ids: newestFirst().slice(0, 10),
      before: null,
      after: newestFirst()[9],
    });
  });

  describe.each([
    ['desc', newestFirst, 'after', 'before'],
    ['asc', () => madeIn(path), 'after', 'before'],
    ['normal', newestFirst, 'before', 'after'],
  ] as const)('order=%s', (order, inOrder, onwards, back) => {
    const read = (query: Record<string, string | number>) => readPage(server, path, { order, ...query });
    const page = (ids: string[], next: string | null | undefined, previous: string | null | undefined) => ({
      ids,
      [onwards]: next,
      [back]: previous,
    });

    test('the cursors of the first page, one in the middle, the last and the one beyond', async () => {
      const all = inOrder();
      expect(await read({ limit: 10 })).toEqual(page(all.slice(0, 10), all[9], null));
      expect(await read({ limit: 10, [onwards]: all[9] as string })).toEqual(page(all.slice(10, 20), all[19], all[10]));
      expect(await read({ limit: 10, [onwards]: all[19] as string })).toEqual(page(all.slice(20), null, all[20]));
      expect(await read({ limit: 10, [onwards]: all[22] as string })).toEqual(page([], null, null));
    });

    test('backwards, the rows next to the cursor come, and in the same order', async () => {
      const all = inOrder();
      expect(await read({ limit: 10, [back]: all[20] as string })).toEqual(page(all.slice(10, 20), all[19], all[10]));
      expect(await read({ limit: 10, [back]: all[10] as string })).toEqual(page(all.slice(0, 10), all[9], null));
      expect(await read({ limit: 10, [back]: all[4] as string })).toEqual(page(all.slice(0, 4), all[3], null));
      expect(await read({ limit: 10, [back]: all[0] as string })).toEqual(page([], null, null));
    });

    test.each([count, count + 1, 100])('limit=%d: everything is one page', async (limit) => {
      expect(await read({ limit })).toEqual(page(inOrder(), null, null));
    });

    test.each([1, 5, 10, count, count + 1])('limit=%d: there and back, each row comes once', async (limit) => {
      const there = await walk(server, path, { order, limit }, onwards);
      expect(there.flatMap(({ ids }) => ids)).toEqual(inOrder());
      expect(there.every(({ ids }) => ids.length <= limit)).toBe(true);

      const last = there.at(-1);
      const previous = last?.[back] ?? null;
      const wayBack = previous === null ? [] : await walk(server, path, { order, limit }, back, previous);
      expect([...wayBack.toReversed().flatMap(({ ids }) => ids), ...(last?.ids ?? [])]).toEqual(inOrder());
      expect(there).toHaveLength(Math.ceil(count / limit));
      expect(wayBack).toHaveLength(there.length - 1);
    });
  });

  const limit = 'limit must be a number from 1 to 100.';
  const order = 'order must be one of asc, desc, normal.';
  test.each([
    ['limit=0', 'limit', limit],
    ['limit=101', 'limit', limit],
    ['limit=-1', 'limit', limit],
    ['limit=1.5', 'limit', limit],
    ['limit=1e1', 'limit', limit],
    ['limit=007', 'limit', limit],
    ['limit=%2010', 'limit', limit],
    ['limit=Marker4711', 'limit', limit],
    ['limit=1&limit=2', 'limit', 'limit must be given once.'],
    ['order=Marker4711', 'order', order],
    ['order=ASC', 'order', order],
    ['order=asc&order=asc', 'order', 'order must be given once.'],
    ['after=a&after=b', 'after', 'after must be given once.'],
    ['before=a&before=b', 'before', 'before must be given once.'],
    ['before=a&after=b', 'before', 'before and after exclude each other.'],
  ])('?%s is refused', async (query, field, message) => {
    const answer = await manage(server, 'GET', `${path}?${query}`);
    expect(seen(answer)).toEqual(refusal([field, `${field}_invalid`, message]));
  });

  test.each(['after', 'before'])('a NUL in %s is refused', async (cursor) => {
    expect(await manage(server, 'GET', `${path}?${cursor}=%00`)).toMatchObject({ status: 422 });
  });

  test('an empty parameter is one that is not there', async () => {
    const empty = await readPage(server, path, { limit: '', order: '', before: '', after: '' });
    expect(empty).toEqual(await readPage(server, path, {}));
  });
});
