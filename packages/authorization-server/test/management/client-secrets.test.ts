import { createHash, createHmac } from 'node:crypto';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createM2m, manage, post } from '../kit/client.js';
import { openServer, type TestServer } from '../kit/open-server.js';
import { query } from '../kit/query.js';
import { createMachine, createOauth, createSecret } from './create.js';
import { holdTable } from './hold-table.js';
import { formsOf, readEverything } from './read-everything.js';
import { aMoment, gone, idLike, seen, unknown } from './shapes.js';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const routeOf = (applicationId: string) => `/connect/applications/${applicationId}/client_secrets`;
const list = async (applicationId: string) => (await manage(server, 'GET', routeOf(applicationId))).body;
const askForToken = (client_id: string, secret: { client_secret?: string }, of = server) =>
  post(of, '/oauth2/token', { grant_type: 'client_credentials', client_id, ...secret });

describe('a client secret', () => {
  test('is shown once, by its creation', async () => {
    const { id } = await createMachine(server);
    const created = await manage(server, 'POST', routeOf(id), {});
    expect(seen(created)).toEqual({
      status: 201,
      body: {
        object: 'connect_application_secret',
        id: idLike('secret_'),
        secret: expect.stringMatching(/^[0-9a-f]{64}$/),
        secret_hint: created.body.secret.slice(-6),
        last_used_at: null,
        created_at: aMoment,
        updated_at: created.body.created_at,
      },
    });
    const { secret: _secret, ...rest } = created.body;
    expect(seen(await manage(server, 'GET', routeOf(id)))).toEqual({ status: 200, body: [rest] });
  });

  test('is another each time, and they are listed in the order of their making', async () => {
    const { id } = await createMachine(server);
    expect(await list(id)).toEqual([]);
    const made = [await createSecret(server, id), await createSecret(server, id), await createSecret(server, id)];
    expect(new Set(made.map(({ secret }) => secret)).size).toBe(3);
    expect(await list(id)).toEqual(made.map(({ secret: _secret, ...rest }) => rest));
  });

  test('says when it was used last', async () => {
    const { applicationId, clientId, credentials, secretId } = await createM2m(server);
    const unused = await createSecret(server, applicationId);
    expect((await askForToken(clientId, credentials)).status).toBe(200);
    await server.server.parts.clients.lastUsed.flush();
    const [used, other] = await list(applicationId);
    expect(used).toMatchObject({ id: secretId, last_used_at: aMoment, updated_at: used.created_at });
    expect(Date.parse(used.last_used_at)).toBeGreaterThanOrEqual(Date.parse(used.created_at));
    expect(other).toMatchObject({ id: unused.id, last_used_at: null });
  });

  test('is not used by a wrong one', async () => {
    const { applicationId, clientId } = await createM2m(server);
    await askForToken(clientId, { client_secret: 'wrong' });
    await server.server.parts.clients.lastUsed.flush();
    expect(await list(applicationId)).toEqual([expect.objectContaining({ last_used_at: null })]);
  });
});

describe('an application has at most five', () => {
  const tooMany = {
    status: 422,
    body: {
      code: 'client_secret_limit_reached',
      message: 'An application can have at most 5 client secrets. Delete one first.',
    },
  };

  test('each of them authenticates, the sixth is refused, and there is room again after a deletion', async () => {
    const { id, client_id } = await createMachine(server);
    const made: { id: string; secret: string }[] = [];
    for (let at = 0; at < 5; at += 1) made.push(await createSecret(server, id));
    expect(seen(await manage(server, 'POST', routeOf(id), {}))).toEqual(tooMany);
    expect(await list(id)).toHaveLength(5);

    const tryAll = () => Promise.all(made.map(({ secret }) => askForToken(client_id, { client_secret: secret })));
    expect((await tryAll()).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);

    expect(seen(await manage(server, 'DELETE', `/connect/client_secrets/${made[2]?.id}`))).toEqual(gone);
    const answers = await tryAll();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 200, 200]);
    expect(answers[2]?.body).toMatchObject({ error: 'invalid_client' });
    expect(seen(await manage(server, 'DELETE', `/connect/client_secrets/${made[2]?.id}`))).toEqual(
      unknown('Client secret'),
    );

    expect((await manage(server, 'POST', routeOf(id), {})).status).toBe(201);
    expect(seen(await manage(server, 'POST', routeOf(id), {}))).toEqual(tooMany);
  });
});

(await describeOnPostgres(describe, 'nine secrets at once'))('no more than five are made', () => {
  test('however many are asked for at once', async () => {
    const { id } = await createMachine(server);
    const table = await holdTable(server.database, 'client_secrets');
    const requests = Array.from({ length: 9 }, () => manage(server, 'POST', routeOf(id), {}));
    await table.untilWaiting(9);
    await table.release();
    const answers = await Promise.all(requests);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 422, 422, 422, 422]);
    expect(await list(id)).toHaveLength(5);
  });
});

test('a public application has none', async () => {
  const { id } = await createOauth(server, { uses_pkce: true });
  expect(seen(await manage(server, 'POST', routeOf(id), {}))).toEqual({
    status: 422,
    body: {
      code: 'client_secrets_not_allowed',
      message: 'A public application has no client secrets: it authenticates with PKCE.',
    },
  });
  expect(await list(id)).toEqual([]);
});

test('one that is not there cannot be deleted', async () => {
  const answer = await manage(server, 'DELETE', '/connect/client_secrets/secret_unknown');
  expect(seen(answer)).toEqual(unknown('Client secret'));
});

const hashInTable = async (of: TestServer, id: string) =>
  (await query(of, `select encode(hash, 'hex') as hash from connect_auth.client_secrets where id = $1`, [id]))[0]?.hash;

describe('in the database', () => {
  test('stands its SHA-256 alone, even after it was used', async () => {
    const { clientId, clientSecret, credentials, secretId } = await createM2m(server);
    expect((await askForToken(clientId, credentials)).status).toBe(200);
    const hash = createHash('sha256').update(clientSecret).digest('hex');
    expect(await hashInTable(server, secretId)).toBe(hash);
    const everything = await readEverything(server);
    expect(everything).toContain(hash);
    for (const form of formsOf(clientSecret)) expect(everything).not.toContain(form);
  });

  test('with a pepper stands its HMAC, which the database alone cannot test', async () => {
    const pepper = 'kept outside the database';
    const peppered = await openServer({ credentials: { pepper } });
    const { clientId, clientSecret, credentials, secretId } = await createM2m(peppered);
    expect(await hashInTable(peppered, secretId)).toBe(createHmac('sha256', pepper).update(clientSecret).digest('hex'));
    expect((await askForToken(clientId, credentials, peppered)).status).toBe(200);
    expect((await askForToken(clientId, { client_secret: 'f'.repeat(64) }, peppered)).status).toBe(401);
    const everything = await readEverything(peppered);
    expect(everything).not.toContain(createHash('sha256').update(clientSecret).digest('hex'));
    for (const form of formsOf(clientSecret)) expect(everything).not.toContain(form);
    await peppered.close();
  });
});

describe('what is no secret authenticates nobody', () => {
  const tricks: [string, (secret: string, clientId: string) => { client_secret?: string }][] = [
    ['another secret', () => ({ client_secret: 'f'.repeat(64) })],
    ['an empty one', () => ({ client_secret: '' })],
    ['none at all', () => ({})],
    ['its hash', (secret) => ({ client_secret: createHash('sha256').update(secret).digest('hex') })],
    ['its hash in base64', (secret) => ({ client_secret: createHash('sha256').update(secret).digest('base64') })],
    ['its hint', (secret) => ({ client_secret: secret.slice(-6) })],
    ['itself in capitals', (secret) => ({ client_secret: secret.toUpperCase() })],
    ['itself and a space', (secret) => ({ client_secret: `${secret} ` })],
    ['the client id', (_secret, client_secret) => ({ client_secret })],
  ];

  test.each(tricks)('%s', async (_trick, of) => {
    const { clientId, clientSecret } = await createM2m(server);
    const refused = { status: 401, body: { error: 'invalid_client' } };
    expect(await askForToken(clientId, of(clientSecret, clientId))).toMatchObject(refused);
    const { client_secret } = of(clientSecret, clientId);
    const basic = Buffer.from(`${clientId}:${encodeURIComponent(client_secret ?? '')}`).toString('base64');
    const form = { grant_type: 'client_credentials' };
    const answer = await post(server, '/oauth2/token', form, { authorization: `Basic ${basic}` });
    expect(answer.status).not.toBe(200);
    expect(answer.body).not.toHaveProperty('access_token');
  });

  test('the secret of another application', async () => {
    const [one, other] = [await createM2m(server), await createM2m(server)];
    const answer = await askForToken(one.clientId, { client_secret: other.clientSecret });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test('any secret of an application that has none', async () => {
    const { client_id } = await createMachine(server);
    for (const client_secret of ['', 'undefined', 'null', 'f'.repeat(64)]) {
      expect((await askForToken(client_id, { client_secret })).status).toBe(401);
    }
  });
});
