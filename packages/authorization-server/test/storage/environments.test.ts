import { ConfigurationError } from '@connect-auth/core';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { createM2m, get, grant, type M2m, manage, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { shareDatabase } from './shared-database.js';
import { createUserClient, issueCode, redeem, refresh } from './user-client.js';

const describeHere = await describeOnPostgres(describe, 'environments.test.ts');

describeHere('of another environment in the same database, a server', () => {
  // One issuer, so that nothing but the environment keeps them apart.
  const issuer = 'https://issuer.test';
  const shared = shareDatabase();
  let mine: TestServer;
  let other: TestServer;
  let m2m: M2m;
  let theirs: M2m;

  beforeAll(async () => {
    mine = await shared.open({ issuer, environmentId: 'live' });
    other = await shared.open({ issuer, environmentId: 'test' });
    m2m = await createM2m(mine);
    theirs = await createM2m(other);
  });

  test('lists nothing', async () => {
    for (const path of ['/connect/applications', '/organizations']) {
      const { body } = await manage(other, 'GET', path);
      const ids = body.data.map(({ id }: { id: string }) => id);
      expect(ids).toEqual([path === '/organizations' ? theirs.organizationId : theirs.applicationId]);
    }
  });

  test('finds, changes and deletes nothing', async () => {
    const user = await manage(mine, 'POST', '/user_management/users', { email: 'ada@acme.test' });
    const application = `/connect/applications/${m2m.applicationId}`;
    const paths = [
      application,
      `/connect/applications/${m2m.clientId}`,
      `/organizations/${m2m.organizationId}`,
      `/user_management/users/${user.body.id}`,
    ];
    for (const path of paths) {
      expect((await manage(mine, 'GET', path)).status).toBe(200);
      for (const method of ['GET', 'DELETE'] as const) expect((await manage(other, method, path)).status).toBe(404);
      expect((await manage(mine, 'GET', path)).status).toBe(200);
    }
    expect((await manage(other, 'PUT', application, { name: 'Mine' })).status).toBe(404);
    expect((await manage(other, 'GET', `${application}/client_secrets`)).status).toBe(404);
    expect((await manage(other, 'POST', `${application}/client_secrets`)).status).toBe(404);
    expect((await manage(other, 'DELETE', `/connect/client_secrets/${m2m.secretId}`)).status).toBe(404);
    const intoTheirs = { name: 'In', application_type: 'm2m', organization_id: m2m.organizationId };
    expect((await manage(other, 'POST', '/connect/applications', intoTheirs)).status).toBe(404);
    expect((await manage(mine, 'GET', `${application}/client_secrets`)).body).toHaveLength(1);
  });

  test('takes no client, no token, no code, no refresh token and no API key', async () => {
    const credentials = { grant_type: 'client_credentials', ...m2m.credentials };
    expect((await post(other, '/oauth2/token', credentials)).status).toBe(401);

    const token = await grant(mine, m2m);
    const ask = (server: TestServer, asker: M2m) =>
      post(server, '/oauth2/introspection', { ...asker.credentials, token });
    expect((await ask(mine, m2m)).body.active).toBe(true);
    expect((await ask(other, theirs)).body).toEqual({ active: false });
    await post(other, '/oauth2/revoke', { ...theirs.credentials, token });
    expect((await ask(mine, m2m)).body.active).toBe(true);

    const client = await createUserClient(mine);
    const code = await issueCode(mine, client);
    expect((await redeem(other, client, code)).status).toBe(401);
    const tokens = await redeem(mine, client, code);
    expect(tokens.status).toBe(200);
    expect((await refresh(other, client, tokens.body.refresh_token)).status).toBe(401);
    expect((await refresh(mine, client, tokens.body.refresh_token)).status).toBe(200);

    const { key } = await mine.server.parts.apiKeys.create('mine');
    const headers = { authorization: `Bearer ${key}` };
    expect((await get(mine, '/organizations', headers)).status).toBe(200);
    expect((await get(other, '/organizations', headers)).status).toBe(401);
  });

  test('has signing keys of its own, and neither publishes nor rotates the others', async () => {
    const kids = async (server: TestServer): Promise<string[]> =>
      (await get(server, '/oauth2/jwks')).body.keys.map(({ kid }: { kid: string }) => kid);
    const before = await kids(mine);
    expect(before).toHaveLength(2);
    for (const kid of await kids(other)) expect(before).not.toContain(kid);
    await manage(other, 'POST', '/signing_keys/rotate');
    expect(await kids(other)).toHaveLength(3);
    await mine.server.parts.signingKeys.refresh();
    expect(await kids(mine)).toEqual(before);
  });

  test('may use the same email address, and the same Idempotency-Key, for something else', async () => {
    const headers = { 'idempotency-key': 'the same' };
    const ids = [];
    for (const server of [mine, other, mine]) {
      const { status, body } = await manage(server, 'POST', '/organizations', { name: 'Twin' }, headers);
      expect(status).toBe(201);
      ids.push(body.id);
      await manage(server, 'POST', '/user_management/users', { email: 'twin@acme.test' });
    }
    expect(ids[2]).toBe(ids[0]);
    expect(ids[1]).not.toBe(ids[0]);
    expect(await shared.query(`select from connect_auth.users where email = 'twin@acme.test'`)).toHaveLength(2);
  });
});

describeHere('the client id of an environment', () => {
  const shared = shareDatabase();
  const clientIdOf = async (options: { environmentId: string; environmentClientId?: string }) => {
    const server = await shared.open(options);
    const token = await grant(server, await createM2m(server));
    await shared.close(server);
    expect(decodeJwt(token).aud).toBe(server.server.environmentClientId);
    return server.server.environmentClientId;
  };

  test('is made once, and stays', async () => {
    const first = await clientIdOf({ environmentId: 'a' });
    expect(first).toMatch(/^client_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(await clientIdOf({ environmentId: 'a' })).toBe(first);
    expect(await clientIdOf({ environmentId: 'b' })).not.toBe(first);
  });

  test('is one for servers that start at the same moment', async () => {
    const servers = await Promise.all(Array.from({ length: 4 }, () => shared.open({ environmentId: 'crowd' })));
    expect(new Set(servers.map(({ server }) => server.environmentClientId)).size).toBe(1);
    const kids = servers.map(({ server }) => server.parts.signingKeys.current.active.kid);
    expect(new Set(kids).size).toBe(1);
  });

  test('is the one that is wished for, also in place of another, and stays without the wish', async () => {
    await clientIdOf({ environmentId: 'c' });
    expect(await clientIdOf({ environmentId: 'c', environmentClientId: 'client_wished' })).toBe('client_wished');
    expect(await clientIdOf({ environmentId: 'c' })).toBe('client_wished');
  });

  test('is not the one of another environment: their tokens would be good here', async () => {
    await clientIdOf({ environmentId: 'd', environmentClientId: 'client_taken' });
    const opening = shared.open({ environmentId: 'e', environmentClientId: 'client_taken' });
    await expect(opening).rejects.toThrow(ConfigurationError);
    await expect(opening).rejects.toThrow('environmentClientId');
  });
});
