import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, createM2m, manage } from '../kit/client.js';
import { apiKey, openServer, type TestServer } from '../kit/open-server.js';
import { createMachine, createOauth, createOrganization, createSecret, createUser } from './create.js';
import { aMoment, idLike } from './shapes.js';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

/** The answer to a request, and the events that it caused. */
async function watch(request: () => Promise<Answer>) {
  const before = server.events.length;
  const answer = await request();
  return { answer, events: server.events.slice(before) };
}

const applications = '/connect/applications';
const organizations = '/organizations';
const users = '/user_management/users';
const memberships = '/user_management/organization_memberships';

let made = 0;
const newEmail = () => `user-${++made}@acme.test`;

/** What every event of a request has. */
const eventOf = (answer: Answer, action: string, target: object, rest: object = {}) => ({
  v: 1,
  id: idLike(''),
  occurred_at: aMoment,
  environment_id: 'default',
  actor: { type: 'api_key', id: 'fixed' },
  http: {
    method: expect.stringMatching(/^(?:POST|PUT|DELETE)$/),
    route: expect.stringMatching(/^(?:\/(?:[a-z_]+|:id))+$/),
    request_id: answer.headers.get('x-request-id'),
  },
  action,
  decision: 'allow',
  targets: [target],
  ...rest,
});

const orgOf = (id: string) => ({ org: { id, source: 'resource' } });

describe('a change is one event, with all that is known of it', () => {
  test('an M2M application', async () => {
    const organizationId = await createOrganization(server);
    const body = { name: 'M', application_type: 'm2m', organization_id: organizationId };
    const created = await watch(() => manage(server, 'POST', applications, body));
    const { id, client_id: clientId } = created.answer.body;
    const org = orgOf(organizationId);
    const known = { ...org, details: { client_id: clientId } };
    const target = { type: 'application', id };
    expect(created.answer.headers.get('x-request-id')).toEqual(idLike('request_'));
    expect(created.events).toEqual([eventOf(created.answer, 'application.created', target, known)]);

    const updated = await watch(() =>
      manage(server, 'PUT', `${applications}/${clientId}`, { name: 'N', scopes: ['a'] }),
    );
    const details = { client_id: clientId, changed: ['name', 'scopes'] };
    expect(updated.events).toEqual([eventOf(updated.answer, 'application.updated', target, { ...org, details })]);
    expect(updated.events[0]?.http?.request_id).not.toBe(created.events[0]?.http?.request_id);

    const secret = await watch(() => manage(server, 'POST', `${applications}/${id}/client_secrets`, {}));
    const ofSecret = { type: 'client_secret', id: secret.answer.body.id };
    expect(secret.events).toEqual([eventOf(secret.answer, 'client_secret.created', ofSecret, known)]);

    const withdrawn = await watch(() => manage(server, 'DELETE', `/connect/client_secrets/${ofSecret.id}`));
    expect(withdrawn.events).toEqual([eventOf(withdrawn.answer, 'client_secret.deleted', ofSecret, known)]);

    await createSecret(server, id);
    const deleted = await watch(() => manage(server, 'DELETE', `${applications}/${clientId}`));
    expect(deleted.events).toEqual([eventOf(deleted.answer, 'application.deleted', target, known)]);
  });

  test('an application of nobody’s has no organization', async () => {
    const body = { name: 'O', application_type: 'oauth', is_first_party: true };
    const { answer, events } = await watch(() => manage(server, 'POST', applications, body));
    const { id, client_id: clientId } = answer.body;
    expect(events).toEqual([
      eventOf(answer, 'application.created', { type: 'application', id }, { details: { client_id: clientId } }),
    ]);
  });

  test('an organization', async () => {
    const created = await watch(() => manage(server, 'POST', organizations, { name: 'Acme' }));
    const { id } = created.answer.body;
    const rest = [{ type: 'organization', id }, orgOf(id)] as const;
    expect(created.events).toEqual([eventOf(created.answer, 'organization.created', ...rest)]);
    const updated = await watch(() => manage(server, 'PUT', `${organizations}/${id}`, { name: 'B' }));
    expect(updated.events).toEqual([eventOf(updated.answer, 'organization.updated', ...rest)]);
    const deleted = await watch(() => manage(server, 'DELETE', `${organizations}/${id}`));
    expect(deleted.events).toEqual([eventOf(deleted.answer, 'organization.deleted', ...rest)]);
  });

  test('an organization with applications: one event for each that goes along', async () => {
    const { id, client_id: clientId, organization_id: organizationId } = await createMachine(server);
    const { answer, events } = await watch(() => manage(server, 'DELETE', `${organizations}/${organizationId}`));
    const org = orgOf(organizationId);
    const known = { ...org, details: { client_id: clientId } };
    expect(events).toEqual([
      eventOf(answer, 'application.deleted', { type: 'application', id }, known),
      eventOf(answer, 'organization.deleted', { type: 'organization', id: organizationId }, org),
    ]);
  });

  test('a user and a membership', async () => {
    const organizationId = await createOrganization(server);
    const created = await watch(() => manage(server, 'POST', users, { email: newEmail() }));
    const userId: string = created.answer.body.id;
    const details = { user_id: userId };
    const ofUser = [{ type: 'user', id: userId }, { details }] as const;
    expect(created.events).toEqual([eventOf(created.answer, 'user.created', ...ofUser)]);
    const updated = await watch(() => manage(server, 'PUT', `${users}/${userId}`, { first_name: 'Ada' }));
    expect(updated.events).toEqual([eventOf(updated.answer, 'user.updated', ...ofUser)]);

    const pair = { user_id: userId, organization_id: organizationId };
    const joined = await watch(() => manage(server, 'POST', memberships, pair));
    const { id } = joined.answer.body;
    const ofMembership = [
      { type: 'organization_membership', id },
      { ...orgOf(organizationId), details },
    ] as const;
    expect(joined.events).toEqual([eventOf(joined.answer, 'organization_membership.created', ...ofMembership)]);
    const left = await watch(() => manage(server, 'DELETE', `${memberships}/${id}`));
    expect(left.events).toEqual([eventOf(left.answer, 'organization_membership.deleted', ...ofMembership)]);

    const deleted = await watch(() => manage(server, 'DELETE', `${users}/${userId}`));
    expect(deleted.events).toEqual([eventOf(deleted.answer, 'user.deleted', ...ofUser)]);
  });

  test('the signing keys: who rotated them, and in which request', async () => {
    const { answer, events } = await watch(() => manage(server, 'POST', '/signing_keys/rotate'));
    expect(answer.status).toBe(200);
    expect(events.length).toBeGreaterThan(0);
    for (const event of events)
      expect(event).toEqual(eventOf(answer, event.action, { type: 'signing_key', id: event.targets[0]?.id }));
  });

  test('the changed fields are named as in the API', async () => {
    const { id } = await createOauth(server);
    const body = { redirect_uris: [{ uri: 'https://app.test/' }], description: null };
    const { events } = await watch(() => manage(server, 'PUT', `${applications}/${id}`, body));
    expect(events).toMatchObject([{ details: { changed: ['description', 'redirect_uris'] } }]);
  });

  test('a repeated request under one Idempotency-Key', async () => {
    const repeat = () => manage(server, 'POST', organizations, { name: 'Once' }, { 'idempotency-key': 'once' });
    const { answer, events } = await watch(repeat);
    const { id } = answer.body;
    expect(events).toEqual([eventOf(answer, 'organization.created', { type: 'organization', id }, orgOf(id))]);
    expect((await watch(repeat)).events).toEqual([]);
    const parallel = () => manage(server, 'POST', organizations, { name: 'Par' }, { 'idempotency-key': 'parallel' });
    const before = server.events.length;
    await Promise.all([parallel(), parallel(), parallel(), parallel()]);
    expect(server.events.slice(before)).toHaveLength(1);
  });
});

describe('where nothing has changed there is no event', () => {
  const post = (path: string, body: object, headers = {}) => manage(server, 'POST', path, body, headers);

  test.each<[string, number, () => Promise<Answer>]>([
    ['wrong key', 401, () => post(organizations, { name: 'A' }, { authorization: 'Bearer sk_wrong' })],
    ['wrong body', 422, () => post(applications, { name: 'A' })],
    [
      'unknown organization',
      404,
      () => post(applications, { name: 'A', application_type: 'm2m', organization_id: 'x' }),
    ],
    ['unknown application', 404, () => manage(server, 'PUT', `${applications}/x`, { name: 'A' })],
    ['unknown organization to delete', 404, () => manage(server, 'DELETE', `${organizations}/x`)],
    ['unknown secret', 404, () => manage(server, 'DELETE', '/connect/client_secrets/x')],
    ['reading', 200, () => manage(server, 'GET', organizations)],
  ])('%s', async (_why, status, request) => {
    const { answer, events } = await watch(request);
    expect(answer.status).toBe(status);
    expect(events).toEqual([]);
  });

  test('taken address, existing membership, sixth secret', async () => {
    const email = newEmail();
    const pair = { user_id: await createUser(server, email), organization_id: await createOrganization(server) };
    await post(memberships, pair);
    const { id } = await createMachine(server);
    for (let at = 0; at < 5; at += 1) await createSecret(server, id);
    for (const headers of [{}, { 'idempotency-key': 'refused' }]) {
      expect((await watch(() => post(users, { email }, headers))).events).toEqual([]);
      expect((await watch(() => post(memberships, pair, headers))).events).toEqual([]);
      expect((await watch(() => post(`${applications}/${id}/client_secrets`, {}, headers))).events).toEqual([]);
    }
  });

  test('a transaction that is rolled back', async () => {
    const { context, organizations: directory } = server.server.parts;
    const before = server.events.length;
    const work = context.storage.transaction(async () => {
      await directory.create({ name: 'Gone', id: 'org_gone' });
      throw new Error('on second thought');
    });
    await expect(work).rejects.toThrow('on second thought');
    expect(await directory.find('org_gone')).toBeUndefined();
    expect(server.events.slice(before)).toEqual([]);
  });
});

test('an event names the request by its method, the pattern of its route, and its id', async () => {
  const id = await createOrganization(server);
  const { answer, events } = await watch(() => manage(server, 'DELETE', `${organizations}/${id}?force=yes`));
  const request_id = answer.headers.get('x-request-id');
  expect(events.map(({ http }) => http)).toEqual([{ method: 'DELETE', route: '/organizations/:id', request_id }]);
});

test('no event holds a secret', async () => {
  const { clientSecret } = await createM2m(server);
  const stored = await server.server.parts.apiKeys.create('ci');
  const headers = { authorization: `Bearer ${stored.key}`, 'idempotency-key': 'Marker4711' };
  await manage(server, 'POST', organizations, { name: 'Acme' }, headers);
  const text = JSON.stringify(server.events);
  for (const secret of [clientSecret, stored.key, apiKey, 'Marker4711']) expect(text).not.toContain(secret);
});
