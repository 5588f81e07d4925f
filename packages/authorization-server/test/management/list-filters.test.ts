import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { manage } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { createOauth, createOrganization, createUser } from './create.js';
import { readPage, walk } from './pages.js';
import { refusal, seen } from './shapes.js';

let server: TestServer;
let acme: string;
let globex: string;
beforeAll(async () => {
  server = await openServer();
  acme = await createOrganization(server, 'Acme');
  globex = await createOrganization(server, 'Globex');
});
afterAll(() => server.close());

describe('applications', () => {
  const path = '/connect/applications';
  const ids: Record<'ours' | 'dynamic' | 'ofAcme' | 'ofGlobex', string[]> = {
    ours: [],
    dynamic: [],
    ofAcme: [],
    ofGlobex: [],
  };
  const newestFirst = (...groups: (keyof typeof ids)[]) =>
    groups
      .flatMap((group) => ids[group])
      .sort()
      .reverse();

  beforeAll(async () => {
    for (let round = 0; round < 3; round += 1) {
      ids.ours.push((await createOauth(server)).id);
      const third = { is_first_party: false };
      ids.ofAcme.push((await createOauth(server, { ...third, organization_id: acme })).id);
      ids.ofGlobex.push((await createOauth(server, { ...third, organization_id: globex })).id);
      const { id } = await server.server.parts.applications.create({
        name: 'Agent',
        applicationType: 'oauth',
        isFirstParty: false,
        wasDynamicallyRegistered: true,
      });
      ids.dynamic.push(id);
    }
  });

  test.each<[string, (keyof typeof ids)[]]>([
    ['', ['ours', 'ofAcme', 'ofGlobex']],
    ['authenticated', ['ours', 'ofAcme', 'ofGlobex']],
    ['dynamic', ['dynamic']],
    ['dynamic,authenticated', ['ours', 'ofAcme', 'ofGlobex', 'dynamic']],
    ['authenticated,dynamic', ['ours', 'ofAcme', 'ofGlobex', 'dynamic']],
  ])('registration_types=%s', async (registration_types, groups) => {
    const page = await readPage(server, path, { registration_types, limit: 100 });
    expect(page.ids).toEqual(newestFirst(...groups));
  });

  test('those that were registered dynamically are hidden by default', async () => {
    expect((await readPage(server, path, { limit: 100 })).ids).toEqual(newestFirst('ours', 'ofAcme', 'ofGlobex'));
  });

  test.each(['Marker4711', 'dynamic,Marker4711', 'dynamic,', 'Dynamic'])('registration_types=%s', async (types) => {
    expect(seen(await manage(server, 'GET', `${path}?registration_types=${types}`))).toEqual(
      refusal([
        'registration_types',
        'registration_types_invalid',
        'registration_types must be a list of authenticated, dynamic.',
      ]),
    );
  });

  test('organization_id: only what is this organization’s, from page to page', async () => {
    const pages = await walk(server, path, { organization_id: acme, limit: 2 }, 'after');
    expect(pages.map(({ ids }) => ids.length)).toEqual([2, 1]);
    expect(pages.flatMap(({ ids }) => ids)).toEqual(newestFirst('ofAcme'));
    expect((await readPage(server, path, { organization_id: globex })).ids).toEqual(newestFirst('ofGlobex'));
  });

  test('organization_id of nobody: an empty list', async () => {
    const empty = { ids: [], before: null, after: null };
    expect(await readPage(server, path, { organization_id: 'org_unknown' })).toEqual(empty);
    expect(await readPage(server, path, { organization_id: acme, registration_types: 'dynamic' })).toEqual(empty);
  });

  test.each(['organization_id', 'registration_types'])('%s stands there once', async (name) => {
    expect(seen(await manage(server, 'GET', `${path}?${name}=a&${name}=b`))).toEqual(
      refusal([name, `${name}_invalid`, `${name} must be given once.`]),
    );
  });
});

describe('users and memberships', () => {
  const users: string[] = [];
  const memberships: string[] = [];
  beforeAll(async () => {
    for (const email of ['Ada@acme.test', 'grace@acme.test', 'alan@globex.test', 'both@acme.test']) {
      users.push(await createUser(server, email));
    }
    const pairs: [number, string][] = [
      [0, acme],
      [1, acme],
      [2, globex],
      [3, acme],
      [3, globex],
    ];
    for (const [at, organization_id] of pairs) {
      const body = { user_id: users[at], organization_id };
      memberships.push((await manage(server, 'POST', '/user_management/organization_memberships', body)).body.id);
    }
  });
  const at = (of: readonly string[], ...places: number[]) => places.map((place) => of[place]);

  test.each([
    ['a user’s address', { email: 'grace@acme.test' }, [1]],
    ['an address in other letters', { email: 'ADA@Acme.Test' }, [0]],
    ['a part of an address', { email: 'acme.test' }, []],
    ['a wildcard', { email: '%' }, []],
    ['nobody’s address', { email: 'nobody@acme.test' }, []],
  ])('users by %s', async (_what, query, places) => {
    expect((await readPage(server, '/user_management/users', query)).ids).toEqual(at(users, ...places));
  });

  test('users by organization, and by both', async () => {
    const read = async (query: Record<string, string>) => (await readPage(server, '/user_management/users', query)).ids;
    expect(await read({ organization_id: acme })).toEqual(at(users, 3, 1, 0));
    expect(await read({ organization_id: globex })).toEqual(at(users, 3, 2));
    expect(await read({ organization_id: 'org_unknown' })).toEqual([]);
    expect(await read({ organization_id: globex, email: 'Both@acme.test' })).toEqual(at(users, 3));
    expect(await read({ organization_id: globex, email: 'grace@acme.test' })).toEqual([]);
  });

  test('users of an organization, from page to page', async () => {
    const pages = await walk(server, '/user_management/users', { organization_id: acme, limit: 1 }, 'after');
    expect(pages.flatMap(({ ids }) => ids)).toEqual(at(users, 3, 1, 0));
  });

  test('memberships by user, by organization, and by both', async () => {
    const path = '/user_management/organization_memberships';
    const read = async (query: Record<string, string>) => (await readPage(server, path, query)).ids;
    expect(await read({ user_id: users[3] as string })).toEqual(at(memberships, 4, 3));
    expect(await read({ organization_id: acme })).toEqual(at(memberships, 3, 1, 0));
    expect(await read({ user_id: users[3] as string, organization_id: globex })).toEqual(at(memberships, 4));
    expect(await read({ user_id: users[0] as string, organization_id: globex })).toEqual([]);
    const { body } = await manage(server, 'GET', `${path}?user_id=${users[3]}`);
    expect(body.data.map((one: { organization_name: string }) => one.organization_name)).toEqual(['Globex', 'Acme']);
  });
});
