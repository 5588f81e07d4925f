import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NotFoundException, type WorkOS } from '@workos-inc/node';
import { get, post } from '../kit/client.js';
import { apiKey, openServer, type TestServer } from '../kit/open-server.js';
import { sdkFor, thrownBy } from './open-sdk.js';
import { idLike } from './shapes.js';

let server: TestServer;
let workos: WorkOS;
let organizationId: string;
beforeAll(async () => {
  server = await openServer();
  workos = sdkFor(server);
  organizationId = (await workos.organizations.createOrganization({ name: 'Acme' })).id;
});
afterAll(() => server.close());

const times = { createdAt: expect.any(Date), updatedAt: expect.any(Date) };
const ids = { object: 'connect_application', id: idLike('conn_app_'), clientId: idLike('client_') };

describe('connect: applications', () => {
  test('createApplication, M2M', async () => {
    const wanted = { applicationType: 'm2m', name: 'Warehouse', organizationId } as const;
    const created = await workos.connect.createApplication(wanted);
    expect(created).toEqual({ ...ids, ...times, ...wanted, description: null, scopes: [] });
  });

  test('createApplication, OAuth', async () => {
    const wanted = { applicationType: 'oauth', name: 'Web', isFirstParty: true } as const;
    const created = await workos.connect.createApplication(wanted);
    const defaults = { description: null, scopes: [], redirectUris: [], usesPkce: false };
    expect(created).toMatchObject({ ...ids, ...times, ...wanted, ...defaults });
  });

  test('createOAuthApplication, third-party, with everything', async () => {
    const redirectUris = [
      { uri: 'https://app.test/a', default: false },
      { uri: 'https://app.test/b', default: true },
    ];
    const call = workos.connect.createOAuthApplication(
      'W',
      false,
      'Of ours',
      ['a'],
      redirectUris,
      true,
      organizationId,
    );
    expect(await call).toMatchObject({
      ...ids,
      ...times,
      applicationType: 'oauth',
      name: 'W',
      description: 'Of ours',
      scopes: ['a'],
      redirectUris,
      usesPkce: true,
      isFirstParty: false,
      wasDynamicallyRegistered: false,
      organizationId,
    });
  });

  test('createM2MApplication, and getApplication by both identifiers', async () => {
    const created = await workos.connect.createM2MApplication('Nightly', organizationId, 'At night', ['a', 'b']);
    const wanted = { name: 'Nightly', description: 'At night', scopes: ['a', 'b'], organizationId };
    expect(created).toEqual({ ...ids, ...times, ...wanted, applicationType: 'm2m' });
    expect(await workos.connect.getApplication({ id: created.id })).toEqual(created);
    expect(await workos.connect.getApplication({ id: created.clientId })).toEqual(created);
  });

  test('updateApplication: a rename wipes neither scopes nor redirect URIs, and does clear the description', async () => {
    const redirectUris = [{ uri: 'https://app.test/', default: true }];
    const { id } = await workos.connect.createOAuthApplication('Web', true, 'Ours', ['a'], redirectUris);
    const renamed = { name: 'Renamed', description: null, scopes: ['a'], redirectUris };
    expect(await workos.connect.updateApplication({ id, name: 'Renamed' })).toMatchObject(renamed);
    const change = { description: 'New', scopes: ['b'], redirectUris: [] };
    expect(await workos.connect.updateApplication({ id, ...change })).toMatchObject({ name: 'Renamed', ...change });

    const machine = await workos.connect.createM2MApplication('Nightly', organizationId);
    expect(await workos.connect.updateApplication({ id: machine.id, name: 'Daily' })).toMatchObject({ name: 'Daily' });
  });

  test('deleteApplication', async () => {
    const { id } = await workos.connect.createM2MApplication('Short', organizationId);
    await workos.connect.deleteApplication({ id });
    expect(await thrownBy(workos.connect.getApplication({ id }))).toBeInstanceOf(NotFoundException);
  });

  test('listApplications: page by page, filtered, and every page at once', async () => {
    const { id: other } = await workos.organizations.createOrganization({ name: 'Many' });
    const made: string[] = [];
    for (let at = 0; at < 103; at += 1) {
      const { id } = await server.server.parts.applications.create({
        name: `${at}`,
        applicationType: 'm2m',
        isFirstParty: false,
        organizationId: other,
      });
      made.unshift(id);
    }
    const first = await workos.connect.listApplications({ organizationId: other, limit: 2 });
    expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 2));
    expect(first.listMetadata).toEqual({ after: made[1], before: null });
    const query = { organizationId: other, limit: 2, after: made[1] as string };
    const second = await workos.connect.listApplications(query);
    expect(second.data.map(({ id }) => id)).toEqual(made.slice(2, 4));
    const oldest = await workos.connect.listApplications({ organizationId: other, limit: 1, order: 'asc' });
    expect(oldest.data.map(({ id }) => id)).toEqual(made.slice(-1));

    const all = await (await workos.connect.listApplications({ organizationId: other })).autoPagination();
    expect(all.map(({ id }) => id)).toEqual(made);
  });
});

test('connect: client secrets', async () => {
  const { id, clientId } = await workos.connect.createM2MApplication('Warehouse', organizationId, undefined, ['a']);
  const created = await workos.connect.createApplicationClientSecret({ id });
  const { secret, ...rest } = created;
  expect(rest).toEqual({
    ...times,
    object: 'connect_application_secret',
    id: idLike('secret_'),
    secretHint: secret.slice(-6),
    lastUsedAt: null,
  });
  expect(await workos.connect.listApplicationClientSecrets({ id })).toEqual([rest]);

  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
  expect((await post(server, '/oauth2/token', form)).status).toBe(200);
  await server.server.parts.clients.lastUsed.flush();
  const [used] = await workos.connect.listApplicationClientSecrets({ id: clientId });
  expect(used?.lastUsedAt).toEqual(expect.any(Date));

  await workos.connect.deleteClientSecret({ id: created.id });
  expect(await workos.connect.listApplicationClientSecrets({ id })).toEqual([]);
  expect((await post(server, '/oauth2/token', form)).status).toBe(401);
});

test('a retry of the SDK creates no second application', async () => {
  const sent: string[] = [];
  /** The answer to the first request gets lost on its way. */
  const fetchFn: typeof fetch = async (input, init) => {
    sent.push(new Headers(init?.headers).get('idempotency-key') ?? '');
    const response = await fetch(input, init);
    return sent.length === 1 ? new Response('{}', { status: 503, headers: { 'retry-after': '0' } }) : response;
  };
  const retrying = sdkFor(server, apiKey, { maxRetries: 1, fetchFn });
  const { id: own } = await workos.organizations.createOrganization({ name: 'Own' });
  const created = await retrying.connect.createM2MApplication('Once', own);
  expect(sent).toEqual([expect.stringMatching(/./), sent[0]]);
  const { data } = await workos.connect.listApplications({ organizationId: own });
  expect(data).toEqual([created]);
});

test('getJwksUrl() leads to the keys of the server, by the client id of the environment alone', async () => {
  const read = async (clientId: string) => get({ issuer: '' }, workos.userManagement.getJwksUrl(clientId));
  const { body } = await get(server, '/oauth2/jwks');
  expect(body.keys.length).toBeGreaterThan(0);
  const answer = await read(server.server.environmentClientId);
  expect(answer).toMatchObject({ status: 200, body });
  expect(Object.keys(answer.body)).toEqual(['keys']);
  expect(JSON.stringify(answer.body)).not.toMatch(/"(?:d|p|q|dp|dq|qi)":/);
  expect((await read('client_another')).status).toBe(404);
});
