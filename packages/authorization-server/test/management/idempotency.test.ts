import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { manage } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { createMachine, createOrganization, createUser } from './create.js';
import { holdTable } from './hold-table.js';
import { readPage } from './pages.js';
import { formsOf, readEverything } from './read-everything.js';
import { gone, seen, unknown } from './shapes.js';

const day = 24 * 60 * 60 * 1_000;
let later = 0;
const clock = { now: () => Date.parse('2026-03-01T12:00:00Z') + later };

let server: TestServer;
beforeAll(async () => {
  server = await openServer({ clock });
});
beforeEach(() => {
  later = 0;
});
afterAll(() => server.close());

let made = 0;
const newKey = () => `key-${++made}`;
const post = (path: string, body: unknown, key: string, headers: Record<string, string> = {}) =>
  manage(server, 'POST', path, body, { 'idempotency-key': key, ...headers });
const applicationsOf = async (organization_id: string) =>
  (await readPage(server, '/connect/applications', { organization_id })).ids;

/** A request for an M2M application of a new organization. */
async function newRequest() {
  const organizationId = await createOrganization(server);
  return { organizationId, body: { name: 'Warehouse', application_type: 'm2m', organization_id: organizationId } };
}

test('the same request again is the same answer, and one application', async () => {
  const { organizationId, body } = await newRequest();
  const key = newKey();
  const first = await post('/connect/applications', body, key);
  expect(first.status).toBe(201);
  later = 60_000;
  expect(seen(await post('/connect/applications', body, key))).toEqual(seen(first));
  expect(seen(await post('/connect/applications', body, key))).toEqual(seen(first));
  expect(await applicationsOf(organizationId)).toEqual([first.body.id]);
});

test('without a key, and with another one, it is another application', async () => {
  const { organizationId, body } = await newRequest();
  await post('/connect/applications', body, newKey());
  await post('/connect/applications', body, newKey());
  await manage(server, 'POST', '/connect/applications', body);
  await manage(server, 'POST', '/connect/applications', body);
  expect(await applicationsOf(organizationId)).toHaveLength(4);
});

test('a client secret is shown again, and is the only one', async () => {
  const { id } = await createMachine(server);
  const [path, key] = [`/connect/applications/${id}/client_secrets`, newKey()];
  const first = await post(path, {}, key);
  expect(first.body.secret).toMatch(/^[0-9a-f]{64}$/);
  expect(seen(await post(path, {}, key))).toEqual(seen(first));
  expect((await manage(server, 'GET', path)).body.map((one: { id: string }) => one.id)).toEqual([first.body.id]);

  const everything = await readEverything(server);
  for (const form of [...formsOf(first.body.secret), ...formsOf(key)]) expect(everything).not.toContain(form);
});

describe('another request under the same key is refused', () => {
  const reused = {
    status: 422,
    body: {
      code: 'idempotency_key_reused',
      message: 'This Idempotency-Key was used for another request. Send a new key with a new request.',
    },
  };

  test('with another body', async () => {
    const { organizationId, body } = await newRequest();
    const key = newKey();
    const first = await post('/connect/applications', body, key);
    expect(seen(await post('/connect/applications', { ...body, name: 'Other' }, key))).toEqual(reused);
    expect(await applicationsOf(organizationId)).toEqual([first.body.id]);
    expect(seen(await post('/connect/applications', body, key))).toEqual(seen(first));
  });

  test('at another path', async () => {
    const [one, other] = [await createMachine(server), await createMachine(server)];
    const key = newKey();
    expect((await post(`/connect/applications/${one.id}/client_secrets`, {}, key)).status).toBe(201);
    expect(seen(await post(`/connect/applications/${other.id}/client_secrets`, {}, key))).toEqual(reused);
    expect((await manage(server, 'GET', `/connect/applications/${other.id}/client_secrets`)).body).toEqual([]);
  });
});

test('two callers may choose the same key', async () => {
  const { organizationId, body } = await newRequest();
  const key = newKey();
  const stored = await server.server.parts.apiKeys.create('ci');
  const theirs = { authorization: `Bearer ${stored.key}` };
  const mine = await post('/connect/applications', body, key);
  const other = await post('/connect/applications', { ...body, name: 'Theirs' }, key, theirs);
  expect([mine.status, other.status]).toEqual([201, 201]);
  expect(seen(await post('/connect/applications', body, key))).toEqual(seen(mine));
  expect(await applicationsOf(organizationId)).toEqual([other.body.id, mine.body.id]);
});

test('nobody hears an answer without a good API key', async () => {
  const { body } = await newRequest();
  const key = newKey();
  await post('/connect/applications', body, key);
  expect((await post('/connect/applications', body, key, { authorization: '' })).status).toBe(401);
});

(await describeOnPostgres(describe, 'eight requests at once'))('eight requests at once', () => {
  test('under one key are one application, and eight equal answers', async () => {
    const { organizationId, body } = await newRequest();
    const key = newKey();
    const table = await holdTable(server.database, 'applications');
    const requests = Array.from({ length: 8 }, () => post('/connect/applications', body, key));
    await table.untilWaiting(8);
    await table.release();
    const answers = await Promise.all(requests);
    const [first] = answers;
    expect(first?.status).toBe(201);
    expect(answers.map(seen)).toEqual(Array(8).fill(first && seen(first)));
    expect(await applicationsOf(organizationId)).toEqual([first?.body.id]);
  });

  test('under one key for a secret are one secret', async () => {
    const { id } = await createMachine(server);
    const [path, key] = [`/connect/applications/${id}/client_secrets`, newKey()];
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(path, {}, key)));
    expect(new Set(answers.map(({ body }) => body.secret)).size).toBe(1);
    expect((await manage(server, 'GET', path)).body).toHaveLength(1);
  });

  test('under eight keys are eight applications', async () => {
    const { organizationId, body } = await newRequest();
    const keys = Array.from({ length: 8 }, newKey);
    const answers = await Promise.all(keys.map((key) => post('/connect/applications', body, key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(await applicationsOf(organizationId)).toHaveLength(8);
  });
});

describe('what was refused is not remembered', () => {
  test('422: the same request is fine, once its obstacle is gone', async () => {
    const obstacle = await createUser(server, 'ada@acme.test');
    const [body, key] = [{ email: 'ada@acme.test' }, newKey()];
    expect((await post('/user_management/users', body, key)).status).toBe(422);
    await manage(server, 'DELETE', `/user_management/users/${obstacle}`);
    const created = await post('/user_management/users', body, key);
    expect(created).toMatchObject({ status: 201, body: { email: 'ada@acme.test' } });
    expect(seen(await post('/user_management/users', body, key))).toEqual(seen(created));
  });

  test('409: a membership that was there, and is there no more', async () => {
    const path = '/user_management/organization_memberships';
    const user_id = await createUser(server, 'grace@acme.test');
    const body = { user_id, organization_id: await createOrganization(server) };
    const before = await manage(server, 'POST', path, body);
    const key = newKey();
    expect((await post(path, body, key)).status).toBe(409);
    await manage(server, 'DELETE', `${path}/${before.body.id}`);
    expect((await post(path, body, key)).status).toBe(201);
  });

  test('another body may follow under the same key', async () => {
    const { body } = await newRequest();
    const key = newKey();
    const unknownOrganization = { ...body, organization_id: 'org_unknown' };
    expect(seen(await post('/connect/applications', unknownOrganization, key))).toEqual(unknown('Organization'));
    expect((await post('/connect/applications', { ...body, name: '' }, key)).status).toBe(422);
    expect((await post('/connect/applications', body, key)).status).toBe(201);
  });
});

test('after 24 hours it is a new request', async () => {
  const { organizationId, body } = await newRequest();
  const key = newKey();
  const first = await post('/connect/applications', body, key);
  later = day - 1;
  expect(seen(await post('/connect/applications', body, key))).toEqual(seen(first));
  later = day;
  const second = await post('/connect/applications', body, key);
  expect(second.status).toBe(201);
  expect(await applicationsOf(organizationId)).toEqual([second.body.id, first.body.id]);
  later = 2 * day - 1;
  expect(seen(await post('/connect/applications', body, key))).toEqual(seen(second));
});

describe('the key', () => {
  const invalid = {
    status: 422,
    body: {
      code: 'idempotency_key_invalid',
      message: 'An Idempotency-Key must be one value of at most 255 characters.',
    },
  };

  test.each([
    ['empty', ''],
    ['too long', 'Marker4711'.padEnd(256, 'x')],
  ])('%s: refused', async (_flaw, key) => {
    const { organizationId, body } = await newRequest();
    expect(seen(await post('/connect/applications', body, key))).toEqual(invalid);
    expect(await applicationsOf(organizationId)).toEqual([]);
  });

  test('of 255 characters is good', async () => {
    const { body } = await newRequest();
    expect((await post('/connect/applications', body, 'x'.repeat(255))).status).toBe(201);
  });

  test('means nothing but for POST', async () => {
    const key = { 'idempotency-key': newKey() };
    const { id } = await createMachine(server);
    const path = `/connect/applications/${id}`;
    const name = async () => (await manage(server, 'GET', path, undefined, key)).body.name;
    expect(await name()).toBe('Warehouse');
    await manage(server, 'PUT', path, { name: 'One' }, key);
    expect(await name()).toBe('One');
    await manage(server, 'PUT', path, { name: 'Two' }, key);
    expect(await name()).toBe('Two');
    expect(seen(await manage(server, 'DELETE', path, undefined, key))).toEqual(gone);
    expect(seen(await manage(server, 'DELETE', path, undefined, key))).toEqual(unknown('Application'));
    const tooLong = { 'idempotency-key': 'x'.repeat(256) };
    expect((await manage(server, 'GET', '/connect/applications', undefined, tooLong)).status).toBe(200);
  });
});
