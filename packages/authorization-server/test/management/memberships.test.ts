import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { manage } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { createOrganization, createUser } from './create.js';
import { gone, idLike, refusal, seen, unknown } from './shapes.js';

const users = '/user_management/users';
const memberships = '/user_management/organization_memberships';
const created_at = '2026-03-01T12:00:00.042Z';

let server: TestServer;
beforeAll(async () => {
  server = await openServer({ clock: { now: () => Date.parse(created_at) } });
});
afterAll(() => server.close());

let made = 0;
const newEmail = () => `user-${++made}@acme.test`;

const pair = async () => ({
  user_id: await createUser(server, newEmail()),
  organization_id: await createOrganization(server, 'Globex'),
});

test.each([
  [null, 'member'],
  [undefined, 'member'],
  ['admin', 'admin'],
])('a membership with the role %p', async (role_slug, slug) => {
  const body = await pair();
  const answer = await manage(server, 'POST', memberships, { ...body, role_slug });
  const created = {
    created_at,
    updated_at: created_at,
    object: 'organization_membership',
    id: idLike('om_'),
    ...body,
    organization_name: 'Globex',
    status: 'active',
    directory_managed: false,
    role: { slug },
    custom_attributes: {},
  };
  expect(seen(answer)).toEqual({ status: 201, body: created });
  const path = `${memberships}/${answer.body.id}`;
  expect(seen(await manage(server, 'GET', path))).toEqual({ status: 200, body: answer.body });
  expect(seen(await manage(server, 'DELETE', path))).toEqual(gone);
  expect(seen(await manage(server, 'DELETE', path))).toEqual(unknown('Organization membership'));
  expect((await manage(server, 'GET', `${users}/${body.user_id}`)).status).toBe(200);
});

test('a membership is there once', async () => {
  const body = await pair();
  expect((await manage(server, 'POST', memberships, body)).status).toBe(201);
  expect(seen(await manage(server, 'POST', memberships, { ...body, role_slug: 'admin' }))).toEqual({
    status: 409,
    body: { message: 'The user is a member of this organization already.', code: 'organization_membership_exists' },
  });
});

test('a membership needs a user and an organization', async () => {
  const body = await pair();
  const create = async (change: object) => seen(await manage(server, 'POST', memberships, { ...body, ...change }));
  expect(await create({ user_id: 'user_unknown' })).toEqual(unknown('User'));
  expect(await create({ organization_id: 'org_unknown' })).toEqual(unknown('Organization'));
  expect(await create({ user_id: undefined, organization_id: null })).toEqual(
    refusal(
      ['user_id', 'user_id_required', 'user_id is required.'],
      ['organization_id', 'organization_id_required', 'organization_id is required.'],
    ),
  );
});
