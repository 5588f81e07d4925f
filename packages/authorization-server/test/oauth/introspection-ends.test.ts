import { describe, expect, test } from '@jest/globals';
import { createM2m, grant, type M2m, manage, post } from '../kit/client.js';
import { introspect, isActive } from './introspect.js';
import { open } from './open.js';
import { travel } from './travel.js';
import { type Consent, consent, consentTo, createOauthClient, refresh, type Tokens, tokensFor } from './user-tokens.js';

// At the next question after its ground is gone, a token is not active. Nothing is waited for.

const server = await open();
const asking = await createM2m(server);
const remove = async (path: string) => {
  const { status } = await manage(server, 'DELETE', path);
  expect(status).toBe(204);
};

describe('an M2M token ends with', () => {
  const ends: [string, (m2m: M2m, token: string) => Promise<unknown>][] = [
    ['its revocation', ({ credentials }, token) => post(server, '/oauth2/revoke', { ...credentials, token })],
    ['its application', ({ applicationId }) => remove(`/connect/applications/${applicationId}`)],
    ['its organization', ({ organizationId }) => remove(`/organizations/${organizationId}`)],
    ['its time', async () => travel(3_600)],
  ];
  test.each(ends)('%s', async (_what, end) => {
    const m2m = await createM2m(server);
    const token = await grant(server, m2m);
    const another = await grant(server, asking);
    expect(await isActive(server, asking, token)).toBe(true);
    await end(m2m, token);
    expect((await introspect(server, asking, token)).body).toEqual({ active: false });
    if (_what !== 'its time') expect(await isActive(server, asking, another)).toBe(true);
  });

  test('its time, and not a second before', async () => {
    const token = await grant(server, asking);
    travel(3_590);
    expect(await isActive(server, asking, token)).toBe(true);
  });
});

describe('a user’s tokens end with', () => {
  const ends: [string, (consented: Consent, tokens: Tokens) => Promise<unknown>][] = [
    [
      // The refresh token with it: that is left to the server (RFC 7009 §2.1).
      'the revocation of the access token',
      ({ client }, { accessToken }) => post(server, '/oauth2/revoke', { ...client.credentials, token: accessToken }),
    ],
    [
      'the revocation of the refresh token',
      ({ client }, { refreshToken }) => post(server, '/oauth2/revoke', { ...client.credentials, token: refreshToken }),
    ],
    ['the application', ({ client }) => remove(`/connect/applications/${client.applicationId}`)],
    ['the organization', ({ member }) => remove(`/organizations/${member.organizationId}`)],
    ['the user', ({ member }) => remove(`/user_management/users/${member.userId}`)],
    ['the membership', ({ member }) => remove(`/user_management/organization_memberships/${member.membershipId}`)],
    ['the grant', async ({ grantId }) => (await server.server.provider.Grant.find(grantId))?.destroy()],
  ];
  test.each(ends)('%s', async (_what, end) => {
    const consented = await consent(server);
    const tokens = await tokensFor(consented);
    const bystander = await tokensFor(await consent(server));
    const { accessToken, refreshToken } = tokens;
    for (const token of [accessToken, refreshToken]) expect(await isActive(server, asking, token)).toBe(true);
    await end(consented, tokens);
    for (const token of [accessToken, refreshToken]) {
      expect((await introspect(server, asking, token)).body).toEqual({ active: false });
    }
    expect((await refresh(consented, refreshToken)).status).toBe(_what === 'the application' ? 401 : 400);
    expect(await isActive(server, asking, bystander.accessToken)).toBe(true);
  });

  test('their time: an hour and thirty days', async () => {
    const { accessToken, refreshToken } = await tokensFor(await consent(server));
    const month = 30 * 24 * 3_600;
    const activeAfter = async (seconds: number, token: string) => {
      travel(seconds);
      const answer = await isActive(server, asking, token);
      travel(-seconds);
      return answer;
    };
    expect(await activeAfter(3_590, accessToken)).toBe(true);
    expect(await activeAfter(3_600, accessToken)).toBe(false);
    expect(await activeAfter(3_600, refreshToken)).toBe(true);
    expect(await activeAfter(month - 10, refreshToken)).toBe(true);
    expect(await activeAfter(month, refreshToken)).toBe(false);
  });

  test('the membership for good, also where the user comes back', async () => {
    const consented = await consent(server);
    const { accessToken, refreshToken } = await tokensFor(consented);
    const { membershipId, userId, organizationId } = consented.member;
    await remove(`/user_management/organization_memberships/${membershipId}`);
    const membership = { user_id: userId, organization_id: organizationId };
    const again = await manage(server, 'POST', '/user_management/organization_memberships', membership);
    expect(again.status).toBe(201);
    for (const token of [accessToken, refreshToken]) expect(await isActive(server, asking, token)).toBe(false);
    expect((await refresh(consented, refreshToken)).body.error).toBe('invalid_grant');
  });

  test('not with another membership of the same user', async () => {
    const consented = await consent(server);
    const { accessToken } = await tokensFor(consented);
    const other = await manage(server, 'POST', '/organizations', { name: 'Other' });
    const membership = await manage(server, 'POST', '/user_management/organization_memberships', {
      user_id: consented.member.userId,
      organization_id: other.body.id,
    });
    await remove(`/user_management/organization_memberships/${membership.body.id}`);
    expect(await isActive(server, asking, accessToken)).toBe(true);
  });
});

describe('with a directory of the application’s', () => {
  const gone = new Set<string>();
  const has = (id: string) => !gone.has(id);
  const directory = {
    organizations: { find: async (id: string) => (has(id) ? { id, name: id } : undefined) },
    users: {
      find: async (id: string) =>
        has(id) ? { id, email: 'a@b.test', emailVerified: true, firstName: null, lastName: null } : undefined,
      isMember: async (userId: string, organizationId: string) => has(`${userId} in ${organizationId}`),
    },
  };

  async function openDirectory() {
    gone.clear();
    const own = await open(directory);
    const create = async (organization_id: string) => {
      const wanted = { name: 'Sync', application_type: 'm2m', organization_id };
      const { body } = await manage(own, 'POST', '/connect/applications', wanted);
      const secret = await manage(own, 'POST', `/connect/applications/${body.id}/client_secrets`);
      return {
        clientId: body.client_id,
        credentials: { client_id: body.client_id, client_secret: secret.body.secret },
      };
    };
    return { own, asking: await create('org_asking'), m2m: await create('org_there') };
  }

  test('an M2M token is not active while the directory does not know its organization', async () => {
    const { own, asking: other, m2m } = await openDirectory();
    const asked = { grant_type: 'client_credentials', ...m2m.credentials };
    const token = (await post(own, '/oauth2/token', asked)).body.access_token;
    expect(await isActive(own, other, token)).toBe(true);
    gone.add('org_there');
    expect((await introspect(own, other, token)).body).toEqual({ active: false });
    gone.clear();
    expect(await isActive(own, other, token)).toBe(true);
  });

  test.each(['user_1', 'org_there', 'user_1 in org_there'])(
    'a user’s tokens are not active without %s',
    async (what) => {
      const { own, asking: other } = await openDirectory();
      const client = await createOauthClient(own, 'org_asking');
      const member = { userId: 'user_1', organizationId: 'org_there', membershipId: 'none' };
      const consented = await consentTo(own, client, member);
      const { accessToken, refreshToken } = await tokensFor(consented);
      for (const token of [accessToken, refreshToken]) expect(await isActive(own, other, token)).toBe(true);
      gone.add(what);
      for (const token of [accessToken, refreshToken]) {
        expect((await introspect(own, other, token)).body).toEqual({ active: false });
      }
      const answer = await refresh(consented, refreshToken);
      expect([answer.status, answer.body.error]).toEqual([400, 'invalid_grant']);
    },
  );
});
