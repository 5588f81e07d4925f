import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { manage } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { createMachine, createOrganization, createUser } from './create.js';
import { gone, idLike, refusal, seen, unknown } from './shapes.js';

const organizations = '/organizations';
const users = '/user_management/users';
const memberships = '/user_management/organization_memberships';

const start = Date.parse('2026-03-01T12:00:00.042Z');
let now = start;
let server: TestServer;
beforeAll(async () => {
  server = await openServer({ clock: { now: () => now } });
});
beforeEach(() => {
  now = start;
});
afterAll(() => server.close());

const created_at = '2026-03-01T12:00:00.042Z';
const times = { created_at, updated_at: created_at };
const changed = { created_at, updated_at: '2026-03-01T12:00:01.042Z' };

let made = 0;
const newEmail = () => `user-${++made}@acme.test`;

describe('an organization', () => {
  const shape = {
    ...times,
    object: 'organization',
    id: idLike('org_'),
    allow_profiles_outside_organization: false,
    domains: [],
  };

  test.each([null, undefined])('has a name; the rest may be %p', async (absent) => {
    const answer = await manage(server, 'POST', organizations, {
      name: ' Acme ',
      external_id: absent,
      metadata: absent,
    });
    expect(seen(answer)).toEqual({ status: 201, body: { ...shape, name: 'Acme', external_id: null, metadata: {} } });
    expect(seen(await manage(server, 'GET', `${organizations}/${answer.body.id}`))).toEqual({
      status: 200,
      body: answer.body,
    });
  });

  test('is changed field by field', async () => {
    const body = { name: 'Acme', external_id: 'acme-1', metadata: { plan: 'gold' } };
    const created = await manage(server, 'POST', organizations, body);
    expect(seen(created)).toEqual({ status: 201, body: { ...shape, ...body } });
    const path = `${organizations}/${created.body.id}`;
    now = start + 1_000;
    const left = { ...created.body, ...changed };
    expect(seen(await manage(server, 'PUT', path, { name: null, metadata: null }))).toEqual({
      status: 200,
      body: left,
    });
    const renamed = { ...left, name: 'Acme Ltd', external_id: null, metadata: { plan: 'silver' } };
    const change = { name: 'Acme Ltd', external_id: null, metadata: { plan: 'silver' } };
    expect(seen(await manage(server, 'PUT', path, change))).toEqual({ status: 200, body: renamed });
    expect((await manage(server, 'GET', path)).body).toEqual(renamed);
  });

  test('takes its memberships and applications along when it goes', async () => {
    const application = await createMachine(server);
    const organization_id = application.organization_id;
    const user_id = await createUser(server, newEmail());
    const membership = await manage(server, 'POST', memberships, { user_id, organization_id });
    expect(seen(await manage(server, 'DELETE', `${organizations}/${organization_id}`))).toEqual(gone);
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const body = method === 'PUT' ? {} : undefined;
      expect(seen(await manage(server, method, `${organizations}/${organization_id}`, body))).toEqual(
        unknown('Organization'),
      );
    }
    expect(seen(await manage(server, 'GET', `/connect/applications/${application.id}`))).toEqual(
      unknown('Application'),
    );
    expect(seen(await manage(server, 'GET', `${memberships}/${membership.body.id}`))).toEqual(
      unknown('Organization membership'),
    );
    expect((await manage(server, 'GET', `${users}/${user_id}`)).status).toBe(200);
  });

  test('has its external_id for itself', async () => {
    await manage(server, 'POST', organizations, { name: 'A', external_id: 'taken' });
    const other = await createOrganization(server);
    const taken = refusal(['external_id', 'external_id_taken', 'This external_id is taken by another organization.']);
    expect(seen(await manage(server, 'POST', organizations, { name: 'B', external_id: 'taken' }))).toEqual(taken);
    expect(seen(await manage(server, 'PUT', `${organizations}/${other}`, { external_id: 'taken' }))).toEqual(taken);
    expect((await manage(server, 'POST', users, { email: newEmail(), external_id: 'taken' })).status).toBe(201);
  });
});

describe('a user', () => {
  const shape = {
    ...times,
    object: 'user',
    id: idLike('user_'),
    profile_picture_url: null,
    last_sign_in_at: null,
    locale: null,
  };

  test.each([null, undefined])('has an address; the rest may be %p', async (absent) => {
    const email = newEmail();
    const rest = {
      email_verified: absent,
      first_name: absent,
      last_name: absent,
      external_id: absent,
      metadata: absent,
    };
    const answer = await manage(server, 'POST', users, { email, ...rest });
    const defaults = { email_verified: false, first_name: null, last_name: null, name: null, external_id: null };
    expect(seen(answer)).toEqual({ status: 201, body: { ...shape, email, ...defaults, metadata: {} } });
    expect(seen(await manage(server, 'GET', `${users}/${answer.body.id}`))).toEqual({ status: 200, body: answer.body });
  });

  test('is changed field by field', async () => {
    const body = {
      email: newEmail(),
      email_verified: true,
      first_name: 'Ada',
      last_name: 'Lovelace',
      external_id: 'ada-1',
      metadata: { team: 'a' },
    };
    const created = await manage(server, 'POST', users, body);
    expect(seen(created)).toEqual({ status: 201, body: { ...shape, ...body, name: 'Ada Lovelace' } });
    const path = `${users}/${created.body.id}`;
    now = start + 1_000;
    const left = { ...created.body, ...changed };
    const nulls = { email: null, email_verified: null, metadata: null };
    expect(seen(await manage(server, 'PUT', path, nulls))).toEqual({ status: 200, body: left });
    const change = { email: newEmail(), email_verified: false, last_name: null, external_id: null, metadata: {} };
    const after = { ...left, ...change, name: 'Ada' };
    expect(seen(await manage(server, 'PUT', path, change))).toEqual({ status: 200, body: after });
    expect((await manage(server, 'GET', path)).body).toEqual(after);
  });

  test('has its address for itself, in whatever letters, and keeps the letters', async () => {
    const created = await manage(server, 'POST', users, { email: 'Grace@Acme.Test' });
    expect(created.body.email).toBe('Grace@Acme.Test');
    const taken = refusal(['email', 'email_taken', 'This email is taken by another user.']);
    expect(seen(await manage(server, 'POST', users, { email: 'gRACE@aCME.tEST' }))).toEqual(taken);
    const other = await createUser(server, newEmail());
    expect(seen(await manage(server, 'PUT', `${users}/${other}`, { email: 'grace@acme.test' }))).toEqual(taken);
    const own = await manage(server, 'PUT', `${users}/${created.body.id}`, { email: 'grace@acme.test' });
    expect(own).toMatchObject({ status: 200, body: { email: 'grace@acme.test' } });
  });

  test('has its external_id for itself', async () => {
    await manage(server, 'POST', users, { email: newEmail(), external_id: 'mine' });
    const taken = refusal(['external_id', 'external_id_taken', 'This external_id is taken by another user.']);
    expect(seen(await manage(server, 'POST', users, { email: newEmail(), external_id: 'mine' }))).toEqual(taken);
    const other = await createUser(server, newEmail());
    expect(seen(await manage(server, 'PUT', `${users}/${other}`, { external_id: 'mine' }))).toEqual(taken);
  });

  test('takes the memberships along when it goes', async () => {
    const user_id = await createUser(server, newEmail());
    const organization_id = await createOrganization(server);
    const membership = await manage(server, 'POST', memberships, { user_id, organization_id });
    expect(seen(await manage(server, 'DELETE', `${users}/${user_id}`))).toEqual(gone);
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const body = method === 'PUT' ? {} : undefined;
      expect(seen(await manage(server, method, `${users}/${user_id}`, body))).toEqual(unknown('User'));
    }
    const path = `${memberships}/${membership.body.id}`;
    expect(seen(await manage(server, 'GET', path))).toEqual(unknown('Organization membership'));
    const { body } = await manage(server, 'GET', `${memberships}?organization_id=${organization_id}`);
    expect(body.data).toEqual([]);
  });
});
