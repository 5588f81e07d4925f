import { createHash } from 'node:crypto';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Artifacts } from '../../src/tokens/artifacts.js';
import { createM2m, grant, manage, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { dump, writingsOf } from './dump.js';
import { shareDatabase } from './shared-database.js';
import { createUserClient, issueCode, redeem, refresh, type UserClient } from './user-client.js';

/** What the engine keeps, and its types do not tell. */
interface Kept {
  readonly jti: string;
  readonly uid: string;
  save(seconds: number): Promise<string>;
}

(await describeOnPostgres(describe, 'hashed-ids.test.ts'))('whoever reads the tables', () => {
  const shared = shareDatabase();
  let server: TestServer;
  let client: UserClient;

  beforeAll(async () => {
    server = await shared.open();
    client = await createUserClient(server);
  });

  /** Nothing of it is there but, where it is kept at all, its hash. */
  async function expectHidden(bearer: string, hash?: (text: string) => Buffer): Promise<void> {
    expect(bearer.length).toBeGreaterThan(20);
    const text = await dump(shared.query);
    for (const writing of writingsOf(bearer)) expect(text).not.toContain(writing);
    if (hash !== undefined) expect(text).toContain(hash(bearer).toString('hex'));
  }

  const sha256 = (text: string) => createHash('sha256').update(text).digest();

  test('finds what is not secret: the dump holds every table', async () => {
    const text = await dump(shared.query);
    for (const id of [client.clientId, client.userId, client.organizationId]) expect(text).toContain(id);
  });

  test('cannot redeem an authorization code, neither a new one nor one that was used', async () => {
    const code = await issueCode(server, client);
    await expectHidden(code, sha256);
    expect((await redeem(server, client, code)).status).toBe(200);
    await expectHidden(code, sha256);
  });

  test('cannot use a refresh token or an access token of a user', async () => {
    const first = (await redeem(server, client, await issueCode(server, client))).body;
    const second = (await refresh(server, client, first.refresh_token)).body;
    for (const token of [first.refresh_token, second.refresh_token]) await expectHidden(token, sha256);
    for (const token of [first.access_token, second.access_token, first.id_token]) {
      await expectHidden(token);
      await expectHidden(token.split('.')[2]);
    }
  });

  test('cannot go on with a session', async () => {
    const { Session } = server.server.provider;
    const make = (model: unknown, values: object) =>
      (model as { instantiate(values: object): Kept }).instantiate(values);
    const session = make(Session, { accountId: client.userId });
    await session.save(3_600);
    await expectHidden(session.jti, sha256);
    expect((await Session.findByUid(session.uid))?.accountId).toBe(client.userId);
  });

  test('cannot be a client, or a caller of the management API, and reads no Idempotency-Key', async () => {
    const m2m = await createM2m(server);
    await expectHidden(m2m.clientSecret, sha256);
    const token = await grant(server, m2m);
    await expectHidden(token);
    await post(server, '/oauth2/revoke', { ...m2m.credentials, token });
    await expectHidden(token);

    const { key } = await server.server.parts.apiKeys.create('for a script');
    await expectHidden(key, sha256);

    const headers = { 'idempotency-key': 'a-key-that-was-made-up-by-the-caller' };
    const path = `/connect/applications/${m2m.applicationId}/client_secrets`;
    const { body } = await manage(server, 'POST', path, undefined, headers);
    await expectHidden(body.secret, sha256);
    await expectHidden(headers['idempotency-key']);
  });

  test('finds no hash of a client secret that can be tested, where there is a pepper', async () => {
    const peppered = await shared.open({ environmentId: 'peppered', credentials: { pepper: 'kept elsewhere' } });
    const { clientSecret } = await createM2m(peppered);
    await expectHidden(clientSecret);
    expect(await dump(shared.query)).not.toContain(sha256(clientSecret).toString('hex'));
  });

  test('sees the organization of a grant, also after the engine has saved the grant again', async () => {
    const code = await issueCode(server, client);
    const grantId = (await server.server.provider.AuthorizationCode.find(code))?.grantId as string;
    const saved = await server.server.provider.Grant.find(grantId);
    saved?.addOIDCScope('email');
    await saved?.save();

    const grants = new Artifacts(server.server.parts.context, 'Grant');
    expect(await grants.organizationOf(grantId)).toBe(client.organizationId);
    expect((await grants.find(grantId))?.openid).toMatchObject({ scope: expect.stringContaining('email') });
    expect((await redeem(server, client, code)).status).toBe(200);
  });
});
