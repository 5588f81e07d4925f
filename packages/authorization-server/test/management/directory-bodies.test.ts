import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { manage } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { createOrganization, createUser } from './create.js';
import { refusal, seen } from './shapes.js';

const organizations = '/organizations';
const users = '/user_management/users';
const marker = 'Marker4711';

let server: TestServer;
let organizationId: string;
let userId: string;
beforeAll(async () => {
  server = await openServer();
  organizationId = await createOrganization(server);
  userId = await createUser(server, 'ada@acme.test');
});
afterAll(() => server.close());

const long = (length: number) => marker.padEnd(length, 'x');
const numbered = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`name${at}`, 'a']));

type Flaw = [field: string, body: object, problem: string];
const ofBoth: Flaw[] = [
  ['external_id', { external_id: '' }, 'must not be empty'],
  ['external_id', { external_id: long(256) }, 'must have at most 255'],
  ['external_id', { external_id: 4711 }, 'must be of type string'],
  ['metadata', { metadata: marker }, 'must be of type object'],
  ['metadata', { metadata: [marker] }, 'must be of type object'],
  ['metadata', { metadata: numbered(51) }, 'must have at most 50 names'],
  ['metadata.plan', { metadata: { plan: long(601) } }, 'must have at most 600'],
  ['metadata.plan', { metadata: { plan: 4711 } }, 'must be of type string'],
];
const ofOrganizations: Flaw[] = [
  ...ofBoth,
  ['name', { name: '' }, 'must not be empty'],
  ['name', { name: '  ' }, 'must not be empty'],
  ['name', { name: long(256) }, 'must have at most 255'],
  ['name', { name: [marker] }, 'must be of type string'],
];
const ofUsers: Flaw[] = [
  ...ofBoth,
  ['email', { email: marker }, 'is not valid'],
  ['email', { email: `${marker}@` }, 'is not valid'],
  ['email', { email: `Ada <${marker}@acme.test>` }, 'is not valid'],
  ['email', { email: '' }, 'is not valid'],
  ['email', { email: 4711 }, 'must be of type string'],
  ['email_verified', { email_verified: marker }, 'must be of type boolean'],
  ['first_name', { first_name: '' }, 'must not be empty'],
  ['last_name', { last_name: long(256) }, 'must have at most 255'],
];
const refused = (field: string, problem: string) =>
  refusal([field, `${field.replaceAll('.', '_')}_invalid`, `${field} ${problem}.`]);

describe.each([
  ['POST', (): string => organizations],
  ['PUT', () => `${organizations}/${organizationId}`],
] as const)('%s: an organization is refused', (method, path) => {
  test.each(ofOrganizations)('%s: %j', async (field, body, problem) => {
    const answer = await manage(server, method, path(), { name: 'Acme', ...body });
    expect(seen(answer)).toEqual(refused(field, problem));
    expect(JSON.stringify(answer.body)).not.toContain(marker);
  });
});

describe.each([
  ['POST', (): string => users],
  ['PUT', () => `${users}/${userId}`],
] as const)('%s: a user is refused', (method, path) => {
  test.each(ofUsers)('%s: %j', async (field, body, problem) => {
    const answer = await manage(server, method, path(), { email: 'grace@acme.test', ...body });
    expect(seen(answer)).toEqual(refused(field, problem));
    expect(JSON.stringify(answer.body)).not.toContain(marker);
  });
});

test('what must be there is named', async () => {
  const required = (field: string) => refusal([field, `${field}_required`, `${field} is required.`]);
  for (const body of [{}, { name: null }]) {
    expect(seen(await manage(server, 'POST', organizations, body))).toEqual(required('name'));
  }
  for (const body of [{}, { email: null }]) {
    expect(seen(await manage(server, 'POST', users, body))).toEqual(required('email'));
  }
});

describe.each(['\u0000', '\ud800'])('%j, which no database keeps, is refused', (unkept) => {
  test.each([
    ['name', organizations, { name: unkept }],
    ['external_id', organizations, { name: 'Acme', external_id: unkept }],
    ['a value of metadata', organizations, { name: 'Acme', metadata: { plan: unkept } }],
    ['a name of metadata', organizations, { name: 'Acme', metadata: { [unkept]: 'a' } }],
    ['first_name', users, { email: 'grace@acme.test', first_name: unkept }],
    ['user_id', '/user_management/organization_memberships', { user_id: unkept, organization_id: 'org_unknown' }],
  ])('in %s', async (_where, path, body) => {
    expect(await manage(server, 'POST', path, body)).toMatchObject({
      status: 422,
      body: { code: 'invalid_request_parameters' },
    });
  });
});

describe('metadata', () => {
  test('of 50 names of 40 characters, with values of 600, is kept', async () => {
    const metadata = Object.fromEntries(
      Array.from({ length: 50 }, (_, at) => [`${at}`.padEnd(40, '~'), 'ä'.repeat(600)]),
    );
    const created = await manage(server, 'POST', organizations, { name: 'Acme', metadata });
    expect(created).toMatchObject({ status: 201, body: { metadata } });
    expect((await manage(server, 'GET', `${organizations}/${created.body.id}`)).body).toEqual(created.body);
  });

  test.each([
    ['too long', long(41)],
    ['empty', ''],
  ])('a name that is %s is refused, and not repeated', async (_flaw, name) => {
    const answer = await manage(server, 'POST', organizations, { name: 'Acme', metadata: { [name]: 'a' } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request_parameters' } });
    expect(JSON.stringify(answer.body)).not.toContain(marker);
  });
});
