import { createHash } from 'node:crypto';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { get, manage } from '../kit/client.js';
import { apiKey, openServer, type TestServer } from '../kit/open-server.js';
import { query } from '../kit/query.js';
import { listRoutes } from './list-routes.js';
import { formsOf, readEverything } from './read-everything.js';
import { aMoment, idLike, seen, unauthorized } from './shapes.js';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const list = (headers: Record<string, string>) => get(server, '/connect/applications', headers);
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('without a good key', () => {
  test.each<[string, Record<string, string>]>([
    ['no header', {}],
    ['an empty header', { authorization: '' }],
    ['the scheme alone', { authorization: 'Bearer' }],
    ['a key alone', { authorization: apiKey }],
    ['another key', { authorization: 'Bearer sk_wrong' }],
    ['a part of the key', { authorization: `Bearer ${apiKey.slice(0, -1)}` }],
    ['the key and more', { authorization: `Bearer ${apiKey}x` }],
    ['the key in capitals', { authorization: `Bearer ${apiKey.toUpperCase()}` }],
    ['the key and another word', { authorization: `Bearer ${apiKey} x` }],
    ['the key twice', { authorization: `Bearer ${apiKey}, Bearer ${apiKey}` }],
    ['the hash of the key', { authorization: `Bearer ${createHash('sha256').update(apiKey).digest('hex')}` }],
    ['a very long key', { authorization: `Bearer ${'x'.repeat(4_000)}` }],
    ['Basic, the key as the user', { authorization: `Basic ${base64(`${apiKey}:`)}` }],
    ['Basic, the key as the password', { authorization: `Basic ${base64(`:${apiKey}`)}` }],
    ['another scheme', { authorization: `Token ${apiKey}` }],
    ['another header', { 'x-api-key': apiKey }],
  ])('%s', async (_what, headers) => {
    const answer = await list(headers);
    expect(seen(answer)).toEqual(unauthorized);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.headers.get('x-request-id')).toEqual(idLike('request_'));
  });

  test('in the query it is none', async () => {
    expect(seen(await get(server, `/connect/applications?api_key=${apiKey}&access_token=${apiKey}`))).toEqual(
      unauthorized,
    );
  });

  test('nothing happens', async () => {
    const before = await readEverything(server);
    const answer = await manage(server, 'POST', '/organizations', { name: 'Acme' }, { authorization: 'Bearer sk_x' });
    expect(seen(answer)).toEqual(unauthorized);
    expect(await readEverything(server)).toBe(before);
  });
});

test.each(['Bearer', 'bearer', 'BEARER'])('the scheme is %s (RFC 9110 §11.1)', async (scheme) => {
  expect((await list({ authorization: `${scheme} ${apiKey}` })).status).toBe(200);
});

test('every route but those for health asks for the key', async () => {
  const routes = listRoutes(server);
  const open = routes.filter(({ path }) => path.startsWith('/health/')).map(({ path }) => path);
  expect(open.sort()).toEqual(['/health/live', '/health/ready']);

  const guarded = routes.filter(({ path }) => !open.includes(path));
  expect(guarded.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
    'DELETE /connect/applications/:id',
    'DELETE /connect/client_secrets/:id',
    'DELETE /organizations/:id',
    'DELETE /user_management/organization_memberships/:id',
    'DELETE /user_management/users/:id',
    'GET /connect/applications',
    'GET /connect/applications/:id',
    'GET /connect/applications/:id/client_secrets',
    'GET /organizations',
    'GET /organizations/:id',
    'GET /signing_keys',
    'GET /user_management/organization_memberships',
    'GET /user_management/organization_memberships/:id',
    'GET /user_management/users',
    'GET /user_management/users/:id',
    'POST /authkit/oauth2/complete',
    'POST /connect/applications',
    'POST /connect/applications/:id/client_secrets',
    'POST /organizations',
    'POST /signing_keys/rotate',
    'POST /user_management/organization_memberships',
    'POST /user_management/users',
    'PUT /connect/applications/:id',
    'PUT /organizations/:id',
    'PUT /user_management/users/:id',
  ]);
  for (const { method, path } of guarded) {
    const answer = await fetch(server.issuer + path.replace(':id', 'some'), { method });
    expect({ method, path, status: answer.status, body: await answer.json() }).toEqual({
      method,
      path,
      ...unauthorized,
    });
  }
});

test('health and the public keys need no key', async () => {
  const paths = ['/health/live', '/health/ready', `/sso/jwks/${server.server.environmentClientId}`];
  for (const path of paths) expect((await get(server, path)).status).toBe(200);
});

describe('a stored key', () => {
  test('opens the API, and the trail tells which one it was', async () => {
    const { id, name, key } = await server.server.parts.apiKeys.create('ci');
    expect({ id, name, key }).toEqual({
      id: idLike('api_key_'),
      name: 'ci',
      key: expect.stringMatching(/^sk_[\w-]{43}$/),
    });
    const headers = { authorization: `Bearer ${key}` };
    expect((await manage(server, 'POST', '/organizations', { name: 'Acme' }, headers)).status).toBe(201);
    expect(server.events.at(-1)).toMatchObject({ action: 'organization.created', actor: { type: 'api_key', id } });
  });

  test('is kept as a hash, and says when it was used last', async () => {
    const { id, key } = await server.server.parts.apiKeys.create('ci');
    const read = () =>
      query(
        server,
        `select name, hint, encode(hash, 'hex') as hash, last_used_at as used from connect_auth.api_keys where id = $1`,
        [id],
      );
    const row = { name: 'ci', hint: key.slice(-6), hash: createHash('sha256').update(key).digest('hex') };
    expect(await read()).toEqual([{ ...row, used: null }]);

    expect((await list({ authorization: `Bearer ${key}` })).status).toBe(200);
    await server.server.parts.apiKeys.lastUsed.flush();
    const [used] = JSON.parse(JSON.stringify(await read()));
    expect(used).toEqual({ ...row, used: aMoment });

    const everything = await readEverything(server);
    for (const form of formsOf(key)) expect(everything).not.toContain(form);
  });
});

test('the fixed key is in no table', async () => {
  await manage(server, 'POST', '/organizations', { name: 'Acme' }, { 'idempotency-key': 'one' });
  const everything = await readEverything(server);
  const hash = createHash('sha256').update(apiKey).digest();
  const forms = [...formsOf(apiKey), hash.toString('hex'), hash.toString('base64'), hash.toString('base64url')];
  for (const form of forms) expect(everything).not.toContain(form);
});

test('without a fixed key, the fixed key of somebody else is none', async () => {
  const strict = await openServer({ management: { apiKey: undefined as never } });
  for (const authorization of [`Bearer ${apiKey}`, 'Bearer undefined', 'Bearer null', 'Bearer ']) {
    expect(seen(await manage(strict, 'GET', '/organizations', undefined, { authorization }))).toEqual(unauthorized);
  }
  await strict.close();
});

(await describeOnPostgres(describe, 'an API key beside another environment'))('a key that was made', () => {
  test('does not open the API of another environment in the same database', async () => {
    const { key } = await server.server.parts.apiKeys.create('ci');
    const connectionString = server.database?.connectionString as string;
    const other = await openServer({ environmentId: 'staging', storage: { kind: 'postgres', connectionString } });
    expect(seen(await manage(other, 'GET', '/organizations', undefined, { authorization: `Bearer ${key}` }))).toEqual(
      unauthorized,
    );
    expect((await manage(other, 'GET', '/organizations')).status).toBe(200);
    await other.close();
  });
});
