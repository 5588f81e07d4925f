import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ConflictException, NotFoundException, type WorkOS } from '@workos-inc/node';
import { openServer, type TestServer } from '../kit/open-server.js';
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

const stringTimes = { createdAt: expect.any(String), updatedAt: expect.any(String) };

test('organizations', async () => {
  const options = { name: 'Globex', externalId: 'globex', metadata: { plan: 'gold' } };
  const created = await workos.organizations.createOrganization(options);
  const shape = { ...stringTimes, object: 'organization', id: idLike('org_'), domains: [] };
  expect(created).toEqual({ ...shape, ...options, allowProfilesOutsideOrganization: false });
  expect(await workos.organizations.getOrganization(created.id)).toEqual(created);
  const change = { organization: created.id, name: 'Globex Ltd' };
  expect(await workos.organizations.updateOrganization(change)).toMatchObject({ ...options, name: 'Globex Ltd' });
  const { data } = await workos.organizations.listOrganizations({ limit: 1 });
  expect(data).toEqual([expect.objectContaining({ id: created.id })]);
  await workos.organizations.deleteOrganization(created.id);
  expect(await thrownBy(workos.organizations.getOrganization(created.id))).toBeInstanceOf(NotFoundException);
});

test('users', async () => {
  const options = { email: 'ada@acme.test', firstName: 'Ada', lastName: 'Lovelace', emailVerified: true };
  const created = await workos.userManagement.createUser({ ...options, externalId: 'ada', metadata: { a: 'b' } });
  const shape = { ...options, object: 'user', id: idLike('user_'), externalId: 'ada', metadata: { a: 'b' } };
  expect(created).toMatchObject({ ...shape, name: 'Ada Lovelace', ...stringTimes });
  expect(await workos.userManagement.getUser(created.id)).toEqual(created);
  const updated = await workos.userManagement.updateUser({ userId: created.id, firstName: 'Augusta' });
  expect(updated).toMatchObject({ ...shape, firstName: 'Augusta', name: 'Augusta Lovelace' });
  const { data } = await workos.userManagement.listUsers({ email: 'ADA@acme.test' });
  expect(data).toEqual([updated]);
  await workos.userManagement.deleteUser(created.id);
  expect(await thrownBy(workos.userManagement.getUser(created.id))).toBeInstanceOf(NotFoundException);
});

test('updateUser: null removes a name of the metadata, as the SDK’s types promise', async () => {
  const metadata = { keep: 'a', drop: 'b' };
  const { id: userId } = await workos.userManagement.createUser({ email: 'meta@acme.test', metadata });
  const updated = await workos.userManagement.updateUser({ userId, metadata: { keep: 'a', drop: null } });
  expect(updated.metadata).toEqual({ keep: 'a' });
});

test('organization memberships', async () => {
  const { id: userId } = await workos.userManagement.createUser({ email: 'grace@acme.test' });
  const call = { organizationId, userId, roleSlug: 'admin' };
  const created = await workos.userManagement.createOrganizationMembership(call);
  expect(created).toEqual({
    ...stringTimes,
    object: 'organization_membership',
    id: idLike('om_'),
    userId,
    organizationId,
    organizationName: 'Acme',
    status: 'active',
    directoryManaged: false,
    role: { slug: 'admin' },
    customAttributes: {},
  });
  expect(await workos.userManagement.getOrganizationMembership(created.id)).toEqual(created);
  const { data } = await workos.userManagement.listOrganizationMemberships({ userId });
  expect(data).toEqual([created]);

  const again = await thrownBy(workos.userManagement.createOrganizationMembership(call));
  expect(again).toBeInstanceOf(ConflictException);

  await workos.userManagement.deleteOrganizationMembership(created.id);
  const lookup = workos.userManagement.getOrganizationMembership(created.id);
  expect(await thrownBy(lookup)).toBeInstanceOf(NotFoundException);
});
