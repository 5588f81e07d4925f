import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { manage } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { createMachine, createOauth, createOrganization, createSecret } from './create.js';
import { gone, idLike, refusal, seen, unknown } from './shapes.js';

const path = '/connect/applications';
const start = Date.parse('2026-03-01T12:00:00.042Z');
let now = start;

let server: TestServer;
let organization_id: string;
beforeAll(async () => {
  server = await openServer({ clock: { now: () => now } });
  organization_id = await createOrganization(server);
});
beforeEach(() => {
  now = start;
});
afterAll(() => server.close());

const ids = { object: 'connect_application', id: idLike('conn_app_'), client_id: idLike('client_') };
const times = { created_at: '2026-03-01T12:00:00.042Z', updated_at: '2026-03-01T12:00:00.042Z' };
const create = (body: object) => manage(server, 'POST', path, body);

describe('a new application has the fields of its kind and no others', () => {
  const oauth = { name: 'Web', application_type: 'oauth' };
  const redirect_uris = [{ uri: 'https://app.test/callback', default: true }];

  test.each([true, false])('OAuth, first-party, uses_pkce: %p', async (uses_pkce) => {
    const body = {
      ...oauth,
      description: 'For us',
      is_first_party: true,
      uses_pkce,
      redirect_uris,
      scopes: ['openid'],
    };
    expect(seen(await create(body))).toEqual({ status: 201, body: { ...ids, ...body, ...times } });
  });

  test.each([true, false])('OAuth, third-party, uses_pkce: %p', async (uses_pkce) => {
    const body = { ...oauth, description: 'For them', is_first_party: false, uses_pkce, redirect_uris, scopes: ['a'] };
    expect(seen(await create({ ...body, organization_id }))).toEqual({
      status: 201,
      body: { ...ids, ...body, ...times, organization_id, was_dynamically_registered: false },
    });
  });

  test('M2M', async () => {
    const body = {
      name: 'Warehouse',
      application_type: 'm2m',
      description: 'At night',
      organization_id,
      scopes: ['a'],
    };
    expect(seen(await create(body))).toEqual({ status: 201, body: { ...ids, ...body, ...times } });
  });

  test('registered dynamically', async () => {
    const { id } = await server.server.parts.applications.create({
      name: 'Agent',
      applicationType: 'oauth',
      isFirstParty: false,
      usesPkce: true,
      wasDynamicallyRegistered: true,
      redirectUris: [{ uri: 'https://agent.test/callback' }],
    });
    expect(seen(await manage(server, 'GET', `${path}/${id}`))).toEqual({
      status: 200,
      body: {
        ...ids,
        ...times,
        name: 'Agent',
        description: null,
        application_type: 'oauth',
        redirect_uris: [{ uri: 'https://agent.test/callback', default: true }],
        uses_pkce: true,
        is_first_party: false,
        was_dynamically_registered: true,
        scopes: [],
      },
    });
  });
});

test.each([null, undefined])('on creation %p is the same as left out, for everything optional', async (absent) => {
  const nothing = { description: absent, scopes: absent, redirect_uris: absent, uses_pkce: absent };
  const empty = { description: null, scopes: [] };
  expect(
    (await create({ name: 'M', application_type: 'm2m', organization_id, is_first_party: absent, ...nothing })).body,
  ).toEqual({ ...ids, ...times, ...empty, name: 'M', application_type: 'm2m', organization_id });
  const oauth = { name: 'O', application_type: 'oauth', is_first_party: true };
  expect((await create({ ...oauth, organization_id: absent, ...nothing })).body).toEqual({
    ...ids,
    ...times,
    ...empty,
    ...oauth,
    redirect_uris: [],
    uses_pkce: false,
  });
});

test('each application has identifiers of its own', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => createOauth(server)));
  expect(new Set(made.flatMap(({ id, client_id }) => [id, client_id])).size).toBe(10);
});

test('a scope that is named twice is there once, and the order stays', async () => {
  const { id, scopes } = await createOauth(server, { scopes: ['b', 'a', 'b'] });
  expect(scopes).toEqual(['b', 'a']);
  expect((await manage(server, 'PUT', `${path}/${id}`, { scopes: ['c', 'a', 'c'] })).body.scopes).toEqual(['c', 'a']);
});

describe.each(['id', 'client_id'] as const)('by its %s', (name) => {
  test('an application is read, changed and deleted, and its credentials are found', async () => {
    const application = await createMachine(server);
    const route = `${path}/${application[name]}`;
    expect(seen(await manage(server, 'GET', route))).toEqual({ status: 200, body: application });

    now = start + 1_000;
    const renamed = { ...application, name: 'Renamed', updated_at: '2026-03-01T12:00:01.042Z' };
    expect(seen(await manage(server, 'PUT', route, { name: 'Renamed' }))).toEqual({ status: 200, body: renamed });
    expect((await manage(server, 'GET', route)).body).toEqual(renamed);

    const { id } = await createSecret(server, application[name]);
    expect((await manage(server, 'GET', `${route}/client_secrets`)).body).toEqual([expect.objectContaining({ id })]);

    expect(seen(await manage(server, 'DELETE', route))).toEqual(gone);
    expect(seen(await manage(server, 'GET', route))).toEqual(unknown('Application'));
    expect(seen(await manage(server, 'DELETE', route))).toEqual(unknown('Application'));
    expect(seen(await manage(server, 'DELETE', `/connect/client_secrets/${id}`))).toEqual(unknown('Client secret'));
  });
});

describe('PUT', () => {
  const everything = {
    description: 'All of it',
    scopes: ['a', 'b'],
    redirect_uris: [
      { uri: 'https://app.test/one', default: false },
      { uri: 'https://app.test/two', default: true },
    ],
  };

  test.each([null, undefined])('%p leaves name, scopes and redirect URIs as they are', async (absent) => {
    const application = await createOauth(server, everything);
    const body = { name: absent, scopes: absent, redirect_uris: absent };
    expect((await manage(server, 'PUT', `${path}/${application.id}`, body)).body).toEqual(application);
  });

  test('a description is cleared by null, and left by its absence', async () => {
    const application = await createOauth(server, everything);
    const route = `${path}/${application.id}`;
    expect((await manage(server, 'PUT', route, { name: 'Other' })).body.description).toBe('All of it');
    expect((await manage(server, 'PUT', route, { description: null })).body.description).toBeNull();
    expect((await manage(server, 'GET', route)).body.description).toBeNull();
  });

  test('lists are replaced, and emptied by an empty list', async () => {
    const { id } = await createOauth(server, everything);
    const uri = 'https://app.test/three';
    const { body } = await manage(server, 'PUT', `${path}/${id}`, { scopes: ['c'], redirect_uris: [{ uri }] });
    expect(body).toMatchObject({ scopes: ['c'], redirect_uris: [{ uri, default: true }] });
    const emptied = await manage(server, 'PUT', `${path}/${id}`, { scopes: [], redirect_uris: [] });
    expect(emptied.body).toMatchObject({ scopes: [], redirect_uris: [] });
  });

  test('what an application is, it stays', async () => {
    const application = await createOauth(server, everything);
    const other = await createOrganization(server);
    const body = {
      id: 'conn_app_other',
      client_id: 'client_other',
      application_type: 'm2m',
      organization_id: other,
      is_first_party: false,
      uses_pkce: true,
      was_dynamically_registered: true,
      created_at: '2020-01-01T00:00:00.000Z',
    };
    expect((await manage(server, 'PUT', `${path}/${application.id}`, body)).body).toEqual(application);
    expect((await manage(server, 'GET', `${path}/${application.id}`)).body).toEqual(application);
  });

  test('an M2M application gets no redirect URIs', async () => {
    const { id } = await createMachine(server);
    const body = { redirect_uris: [{ uri: 'https://app.test/callback' }] };
    expect(seen(await manage(server, 'PUT', `${path}/${id}`, body))).toEqual(
      refusal(['redirect_uris', 'redirect_uris_not_allowed', 'An M2M application has no redirect URIs.']),
    );
  });
});

test.each([
  ['GET', '/conn_app_unknown'],
  ['PUT', '/conn_app_unknown'],
  ['DELETE', '/client_unknown'],
  ['GET', '/client_unknown/client_secrets'],
  ['POST', '/client_unknown/client_secrets'],
] as const)('%s %s: there is no such application', async (method, id) => {
  const body = method === 'PUT' || method === 'POST' ? {} : undefined;
  expect(seen(await manage(server, method, path + id, body))).toEqual(unknown('Application'));
});

test.each([
  ['GET', `${path}/%00`],
  ['PUT', `${path}/%00`],
  ['DELETE', `${path}/%00`],
  ['POST', `${path}/%00/client_secrets`],
  ['DELETE', '/connect/client_secrets/%00'],
  ['GET', '/organizations/%00'],
  ['GET', '/user_management/users/%00'],
  ['GET', '/user_management/users?email=%00'],
  ['GET', '/user_management/organization_memberships/%00'],
] as const)('%s %s: a NUL is the caller’s mistake, and not the server’s', async (method, route) => {
  const { status } = await manage(server, method, route, method === 'PUT' || method === 'POST' ? {} : undefined);
  expect([404, 422]).toContain(status);
});

test('an application of an organization that is not there is not created', async () => {
  const before = (await manage(server, 'GET', `${path}?limit=100`)).body.data;
  const body = { name: 'M', application_type: 'm2m', organization_id: 'org_unknown' };
  expect(seen(await create(body))).toEqual(unknown('Organization'));
  expect((await manage(server, 'GET', `${path}?limit=100`)).body.data).toEqual(before);
});
