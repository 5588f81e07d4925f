import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { manage } from '../kit/client.js';
import { apiKey, openServer, type TestServer } from '../kit/open-server.js';
import { createOauth, createOrganization } from './create.js';
import { refusal, seen } from './shapes.js';

const path = '/connect/applications';
const marker = 'Marker4711';

let server: TestServer;
let organization_id: string;
beforeAll(async () => {
  server = await openServer();
  organization_id = await createOrganization(server);
});
afterAll(() => server.close());

const create = (body: unknown) => manage(server, 'POST', path, body);
const oauth = { name: 'Web', application_type: 'oauth', is_first_party: true };
const machine = () => ({ name: 'Warehouse', application_type: 'm2m', organization_id });

type Flaw = [flaw: string, body: object, field: string, code: string, message: string];
const required = (field: string): [string, string, string] => [field, `${field}_required`, `${field} is required.`];
const flawed = (field: string, problem: string): [string, string, string] => [
  field,
  `${field.replaceAll('.', '_')}_invalid`,
  `${field} ${problem}.`,
];

describe('what is wrong is named by field, code and sentence', () => {
  test.each<Flaw>([
    ['no name', { name: undefined }, ...required('name')],
    ['null for a name', { name: null }, ...required('name')],
    ['a number for a name', { name: 4711 }, ...flawed('name', 'must be of type string')],
    ['an empty name', { name: '' }, ...flawed('name', 'must not be empty')],
    ['a blank name', { name: ' \t' }, ...flawed('name', 'must not be empty')],
    ['a long name', { name: marker.repeat(26) }, ...flawed('name', 'must have at most 255')],
    ['no type', { application_type: undefined }, ...required('application_type')],
    ['another type', { application_type: marker }, ...flawed('application_type', 'must be one of oauth, m2m')],
    ['a number for a description', { description: 1 }, ...flawed('description', 'must be of type string')],
    ['a long description', { description: 'x'.repeat(1_001) }, ...flawed('description', 'must have at most 1000')],
    ['a text for scopes', { scopes: marker }, ...flawed('scopes', 'must be a list')],
    ['a space in a scope', { scopes: ['a', `b ${marker}`] }, ...flawed('scopes.1', 'is not a scope token')],
    ['an empty scope', { scopes: [''] }, ...flawed('scopes.0', 'is not a scope token')],
    ['a quote in a scope', { scopes: [`"${marker}`] }, ...flawed('scopes.0', 'is not a scope token')],
    ['a backslash in a scope', { scopes: [`\\${marker}`] }, ...flawed('scopes.0', 'is not a scope token')],
    ['a long scope', { scopes: ['x'.repeat(129)] }, ...flawed('scopes.0', 'is not a scope token')],
    ['a number for a scope', { scopes: [1] }, ...flawed('scopes.0', 'must be of type string')],
    ['201 scopes', { scopes: Array(201).fill('a') }, ...flawed('scopes', 'must have at most 200')],
    ['a text for redirect_uris', { redirect_uris: marker }, ...flawed('redirect_uris', 'must be a list')],
    ['a bare redirect URI', { redirect_uris: [marker] }, ...flawed('redirect_uris.0', 'must be of type object')],
    ['a text for uses_pkce', { uses_pkce: marker }, ...flawed('uses_pkce', 'must be of type boolean')],
    ['a text for is_first_party', { is_first_party: 'true' }, ...flawed('is_first_party', 'must be of type boolean')],
    ['a number for an organization', { organization_id: 1 }, ...flawed('organization_id', 'must be of type string')],
    ['no party', { is_first_party: undefined }, ...required('is_first_party')],
    ['null for a party', { is_first_party: null }, ...required('is_first_party')],
    ['third-party, of nobody', { is_first_party: false }, ...required('organization_id')],
    [
      'first-party, of an organization',
      { organization_id: marker },
      'organization_id',
      'organization_id_not_allowed',
      'organization_id must be left out: a first-party application is nobody else’s.',
    ],
  ])('OAuth: %s', async (_flaw, body, ...error) => {
    const answer = await create({ ...oauth, ...body });
    expect(seen(answer)).toEqual(refusal(error));
    expect(JSON.stringify(answer.body)).not.toContain(marker);
  });

  test.each<Flaw>([
    ['no organization', { organization_id: undefined }, ...required('organization_id')],
    ['null for an organization', { organization_id: null }, ...required('organization_id')],
    ['an empty organization', { organization_id: '' }, ...flawed('organization_id', 'must not be empty')],
    [
      'redirect URIs',
      { redirect_uris: [{ uri: `https://app.test/${marker}` }] },
      'redirect_uris',
      'redirect_uris_not_allowed',
      'redirect_uris must be left out of an M2M application.',
    ],
    [
      'PKCE',
      { uses_pkce: true },
      'uses_pkce',
      'uses_pkce_not_allowed',
      'uses_pkce must not be true of an M2M application.',
    ],
    [
      'first-party',
      { is_first_party: true },
      'is_first_party',
      'is_first_party_not_allowed',
      'is_first_party must not be true of an M2M application.',
    ],
  ])('M2M: %s', async (_flaw, body, ...error) => {
    const answer = await create({ ...machine(), ...body });
    expect(seen(answer)).toEqual(refusal(error));
    expect(JSON.stringify(answer.body)).not.toContain(marker);
  });

  test('all at once, where much is wrong', async () => {
    expect(seen(await create({ name: 1, scopes: 'a' }))).toEqual(
      refusal(
        flawed('name', 'must be of type string'),
        required('application_type'),
        flawed('scopes', 'must be a list'),
      ),
    );
    expect(seen(await create(undefined))).toEqual(refusal(required('name'), required('application_type')));
  });

  test('a body that is a list', async () => {
    expect(seen(await create([marker]))).toEqual(refusal(flawed('body', 'must be of type object')));
  });

  test.each<Flaw>([
    ['an empty name', { name: '' }, ...flawed('name', 'must not be empty')],
    ['a number for a name', { name: 1 }, ...flawed('name', 'must be of type string')],
    ['a text for scopes', { scopes: marker }, ...flawed('scopes', 'must be a list')],
    ['a number for a description', { description: 1 }, ...flawed('description', 'must be of type string')],
  ])('PUT: %s', async (_flaw, body, ...error) => {
    const application = await createOauth(server);
    expect(seen(await manage(server, 'PUT', `${path}/${application.id}`, body))).toEqual(refusal(error));
    expect((await manage(server, 'GET', `${path}/${application.id}`)).body).toEqual(application);
  });
});

describe.each(['\u0000', '\ud800'])('%j, which no database keeps, is refused', (unkept) => {
  test.each([
    ['name', { name: unkept }],
    ['description', { description: unkept }],
    ['organization_id', { is_first_party: false, organization_id: unkept }],
    ['redirect_uris.0.uri', { redirect_uris: [{ uri: `https://app.test/${unkept}` }] }],
  ])('in %s', async (field, body) => {
    expect(await create({ ...oauth, ...body })).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });
});

test('the limits themselves are fine', async () => {
  const scopes = Array.from({ length: 200 }, (_, at) => `${at}`.padEnd(128, '~'));
  const body = { ...oauth, name: 'x'.repeat(255), description: 'x'.repeat(1_000), scopes };
  expect(seen(await create(body))).toEqual({ status: 201, body: expect.objectContaining(body) });
});

describe.each([
  ['what is no JSON', `{"name": ${marker}`],
  ['a bare text', `"${marker}"`],
  ['nothing but null', 'null'],
])('a body of %s', (_what, body) => {
  const send = async (headers: Record<string, string>) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
    const response = await fetch(server.issuer + path, init);
    return { status: response.status, body: await response.text() };
  };

  test('is refused in the shape of this API, and not repeated', async () => {
    const answer = await send({ authorization: `Bearer ${apiKey}` });
    expect(answer.body).not.toContain(marker);
    expect([400, 422]).toContain(answer.status);
    expect(JSON.parse(answer.body)).toMatchObject({ message: expect.any(String), code: expect.any(String) });
  });

  test('is not repeated to a caller without a key', async () => {
    expect((await send({})).body).not.toContain(marker);
  });
});
