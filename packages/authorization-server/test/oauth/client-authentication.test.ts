import { describe, expect, test } from '@jest/globals';
import { createM2m, get, type M2m, manage, post } from '../kit/client.js';
import { headersOf, oauthHeaders } from './headers.js';
import { open } from './open.js';
import { raw } from './raw-request.js';
import { createOauthClient } from './user-tokens.js';

const server = await open();
const m2m = await createM2m(server);
const neighbour = await createM2m(server);
const path = '/oauth2/token';
const asked = { grant_type: 'client_credentials' };
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const ask = ({ credentials }: Pick<M2m, 'credentials'>) => post(server, path, { ...asked, ...credentials });

const invalidClient = { error: 'invalid_client', error_description: 'client authentication failed' };
const challenge = `Basic realm="${server.issuer}", error="invalid_client", error_description="client authentication failed"`;

describe('credentials in the body', () => {
  test.each([
    ['of an unknown client', { client_id: 'client_x', client_secret: 'x' }],
    ['with a wrong secret', { client_id: m2m.clientId, client_secret: 'x' }],
    ['with another client’s secret', { client_id: neighbour.clientId, client_secret: m2m.clientSecret }],
    ['with the secret’s id', { client_id: m2m.clientId, client_secret: m2m.secretId }],
    ['with the secret in upper case', { client_id: m2m.clientId, client_secret: m2m.clientSecret.toUpperCase() }],
    ['with a secret and a blank', { client_id: m2m.clientId, client_secret: `${m2m.clientSecret} ` }],
    ['without a secret', { client_id: m2m.clientId }],
    ['with the application’s id', { client_id: m2m.applicationId, client_secret: m2m.clientSecret }],
    ['with the API key', { client_id: m2m.clientId, client_secret: 'sk_test_fixed' }],
    ['with a control character', { client_id: 'client\u0000x', client_secret: 'x' }],
  ])('%s: 401, and the same words for all', async (_what, credentials) => {
    const answer = await post(server, path, { ...asked, ...credentials });
    expect([answer.status, headersOf(answer), answer.body]).toEqual([401, oauthHeaders, invalidClient]);
  });

  test('that are missing: 400', async () => {
    const answer = await post(server, path, asked);
    expect([answer.status, answer.body]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'no client authentication mechanism provided' },
    ]);
  });
});

describe('credentials in the header', () => {
  test.each([
    ['of an unknown client', 'client_x:x'],
    ['with a wrong secret', `${m2m.clientId}:x`],
  ])('%s: 401 with a challenge', async (_what, text) => {
    const answer = await post(server, path, asked, basic(text));
    expect([answer.status, headersOf(answer), answer.body]).toEqual([
      401,
      { ...oauthHeaders, 'www-authenticate': challenge },
      invalidClient,
    ]);
  });

  test.each([
    ['without a secret', basic(`${m2m.clientId}:`)],
    ['without a colon', basic(m2m.clientId)],
    ['that is no base64', { authorization: 'Basic !!' }],
    ['of another scheme', { authorization: `Bearer ${m2m.clientSecret}` }],
    ['with a control character', basic('client%00x:x')],
    ['with nothing in it', { authorization: 'Basic' }],
  ])('%s: 400', async (_what, headers) => {
    const answer = await post(server, path, asked, headers);
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
  });

  test('and in the body: 400, since one of them must do', async () => {
    const answer = await post(
      server,
      path,
      { ...asked, ...m2m.credentials },
      basic(`${m2m.clientId}:${m2m.clientSecret}`),
    );
    expect([answer.status, answer.body]).toEqual([
      400,
      {
        error: 'invalid_request',
        error_description: 'client authentication must only be provided using one mechanism',
      },
    ]);
  });

  test('of another client than the body names: 400', async () => {
    const form = { ...asked, client_id: neighbour.clientId };
    const answer = await post(server, path, form, basic(`${m2m.clientId}:${m2m.clientSecret}`));
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
  });
});

describe('several secrets', () => {
  test('all authenticate, and none after it was deleted', async () => {
    const client = await createM2m(server);
    const secrets = [{ id: client.secretId, secret: client.clientSecret }];
    for (let at = 0; at < 4; at += 1) {
      const path = `/connect/applications/${client.applicationId}/client_secrets`;
      secrets.push((await manage(server, 'POST', path)).body);
    }
    const statuses = () =>
      Promise.all(
        secrets.map(async ({ secret }) => {
          return (await ask({ credentials: { client_id: client.clientId, client_secret: secret } })).status;
        }),
      );
    expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
    await manage(server, 'DELETE', `/connect/client_secrets/${secrets[2]?.id}`);
    expect(await statuses()).toEqual([200, 200, 401, 200, 200]);
    await manage(server, 'DELETE', `/connect/client_secrets/${secrets[0]?.id}`);
    expect(await statuses()).toEqual([401, 200, 401, 200, 200]);
  });

  test('a client whose last one was deleted is refused, also with what the engine itself takes for its secret', async () => {
    const client = await createM2m(server);
    await manage(server, 'DELETE', `/connect/client_secrets/${client.secretId}`);
    const found = await server.server.provider.Client.find(client.clientId);
    const placeholder = found?.clientSecret as string;
    expect(placeholder).toMatch(/^[0-9a-f]{64}$/);
    for (const client_secret of [client.clientSecret, placeholder]) {
      expect((await ask({ credentials: { client_id: client.clientId, client_secret } })).body).toEqual(invalidClient);
    }
  });

  test('with a pepper, a secret of another pepper authenticates nobody', async () => {
    const own = await open({ credentials: { pepper: 'a' } });
    const client = await createM2m(own);
    expect((await post(own, path, { ...asked, ...client.credentials })).status).toBe(200);
    if (own.database === undefined) return;
    const storage = { kind: 'postgres', connectionString: own.database.connectionString } as const;
    for (const [pepper, status] of [
      ['a', 200],
      ['b', 401],
    ] as const) {
      const other = await open({ storage, credentials: { pepper } });
      expect((await post(other, path, { ...asked, ...client.credentials })).status).toBe(status);
    }
  });
});

describe('a client that is gone is refused at once', () => {
  test.each([
    ['with its application', ({ applicationId }: M2m) => `/connect/applications/${applicationId}`],
    ['with its organization', ({ organizationId }: M2m) => `/organizations/${organizationId}`],
  ])('%s', async (_what, pathOf) => {
    const client = await createM2m(server);
    expect((await ask(client)).status).toBe(200);
    expect((await manage(server, 'DELETE', pathOf(client))).status).toBe(204);
    const answer = await ask(client);
    expect([answer.status, answer.body]).toEqual([401, invalidClient]);
  });

  test('with its organization in a directory of the application’s', async () => {
    let isThere = true;
    const find = async (id: string) => (isThere ? { id, name: 'Acme' } : undefined);
    const own = await open({ organizations: { find } });
    const wanted = { name: 'Sync', application_type: 'm2m', organization_id: 'org_acme' };
    const { body } = await manage(own, 'POST', '/connect/applications', wanted);
    const secret = await manage(own, 'POST', `/connect/applications/${body.id}/client_secrets`);
    const form = { ...asked, client_id: body.client_id, client_secret: secret.body.secret };
    expect((await post(own, path, form)).status).toBe(200);
    isThere = false;
    const answer = await post(own, path, form);
    expect([answer.status, answer.body.error]).toEqual([400, 'unauthorized_client']);
    isThere = true;
    expect((await post(own, path, form)).status).toBe(200);
  });
});

describe('a request that no client should send', () => {
  test('an OAuth application, which has no such grant: unauthorized_client (RFC 6749 §5.2)', async () => {
    for (const isPublic of [false, true]) {
      const client = await createOauthClient(server, m2m.organizationId, { isPublic });
      const answer = await post(server, path, { ...asked, ...client.credentials });
      expect([answer.status, answer.body.error]).toEqual([400, 'unauthorized_client']);
    }
  });

  test('an M2M application with a grant of users: unauthorized_client', async () => {
    for (const grant_type of ['authorization_code', 'refresh_token']) {
      const form = { grant_type, code: 'x', refresh_token: 'x', redirect_uri: 'https://app.test', ...m2m.credentials };
      const answer = await post(server, path, form);
      expect([answer.status, answer.body.error]).toEqual([400, 'unauthorized_client']);
    }
  });

  test.each(['password', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code', '__proto__'])(
    'the grant type %s',
    async (grant_type) => {
      const answer = await post(server, path, { grant_type, ...m2m.credentials });
      expect([answer.status, answer.body.error]).toEqual([400, 'unsupported_grant_type']);
    },
  );

  test('no grant type', async () => {
    const answer = await post(server, path, m2m.credentials);
    expect([answer.status, answer.body]).toEqual([
      400,
      { error: 'invalid_request', error_description: "missing required parameter 'grant_type'" },
    ]);
  });

  test.each(['grant_type', 'scope', 'client_id', 'client_secret'])('%s twice', async (name) => {
    const form = new URLSearchParams({ ...asked, scope: 'projects:read', ...m2m.credentials });
    form.append(name, form.get(name) as string);
    const answer = await post(server, path, form);
    expect([answer.status, answer.body]).toEqual([
      400,
      { error: 'invalid_request', error_description: `'${name}' parameter must not be provided twice` },
    ]);
  });

  test.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain'])(
    'a body of type %s',
    async (type) => {
      const answer = await raw(server, 'POST', path, { 'content-type': type }, [
        JSON.stringify({ ...asked, ...m2m.credentials }),
      ]);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        400,
        {
          error: 'invalid_request',
          error_description:
            'only application/x-www-form-urlencoded content-type bodies are supported on POST /oauth2/token',
        },
      ]);
    },
  );

  test('another method, or everything in the query', async () => {
    const query = new URLSearchParams({ ...asked, ...m2m.credentials });
    expect((await get(server, `${path}?${query}`)).status).toBe(404);
    for (const method of ['PUT', 'DELETE', 'PATCH']) expect((await raw(server, method, path)).status).toBe(404);
    expect((await post(server, `${path}?${query}`, {})).status).toBe(400);
  });
});
