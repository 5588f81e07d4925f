import { expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { introspect, openIssuer, post, secretOf } from '../open-issuer.js';

const clients = [
  { clientId: 'client_B', clientSecret: 'b', orgId: 'org_B', scopes: ['x', 'y'], lifetimeSeconds: 30 },
  { clientId: 'client_O', clientSecret: 'o', orgId: 'org_O', scopes: ['x'], tokenFormat: 'opaque' as const },
  { clientId: 'client_N', clientSecret: 'n' },
];
const as = (clientId: string, clientSecret: string) => ({
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: clientSecret,
});

async function ask(issuer: Awaited<ReturnType<typeof openIssuer>>, form: Record<string, string>) {
  const response = await post(issuer, '/oauth2/token', form);
  return { status: response.status, ...((await response.json()) as { access_token: string; error?: string }) };
}

test('gives a part of the scopes when asked, all when not, none when the client has none', async () => {
  const issuer = await openIssuer({ clients });
  const part = await ask(issuer, { ...as('client_B', 'b'), scope: 'y' });
  expect(part).toMatchObject({ status: 200, expires_in: 30 });
  expect(part).not.toHaveProperty('scope');
  expect(decodeJwt(part.access_token)).toMatchObject({ sub: 'client_B', org_id: 'org_B', scope: 'y' });
  expect(await ask(issuer, as('client_B', 'b'))).toMatchObject({ scope: 'x y' });
  const bare = decodeJwt((await ask(issuer, as('client_N', 'n'))).access_token);
  expect(bare).toMatchObject({ sub: 'client_N', aud: issuer.environmentClientId });
  expect(bare).not.toHaveProperty('org_id');
  expect(bare).not.toHaveProperty('scope');
});

test('gives an opaque token to a client that has those', async () => {
  const issuer = await openIssuer({ clients });
  const { access_token: token } = await ask(issuer, as('client_O', 'o'));
  expect(token).not.toContain('.');
  expect(await introspect(issuer, token)).toMatchObject({ active: true, client_id: 'client_O', org_id: 'org_O' });
});

test.each([
  ['a scope it does not hold', { scope: 'projects:read admin' }, 400, 'invalid_scope'],
  ['a scope of blanks', { scope: ' ' }, 400, 'invalid_scope'],
  ['another grant', { grant_type: 'authorization_code' }, 400, 'unsupported_grant_type'],
  ['no grant', { grant_type: '' }, 400, 'invalid_request'],
  ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
  ['an unknown client', { client_id: 'client_X' }, 401, 'invalid_client'],
  ['no secret', { client_secret: '' }, 401, 'invalid_client'],
])('refuses %s', async (_case, form, status, error) => {
  const issuer = await openIssuer();
  const answer = await ask(issuer, { grant_type: 'client_credentials', ...secretOf(issuer), ...form });
  expect(answer).toEqual({ status, error, error_description: expect.any(String) });
});

test('refuses a body that is no form, and a parameter that occurs twice', async () => {
  const issuer = await openIssuer();
  const url = `${issuer.issuer}/oauth2/token`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const init of [
    { body: '{}', headers: { 'content-type': 'application/json' } },
    { body: 'grant_type=a&grant_type=b', headers },
  ]) {
    const response = await issuer.runtime.fetch(url, { method: 'POST', ...init });
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_request' }]);
  }
});

test('two clients with one id are a mistake', async () => {
  const twice = { clientId: 'client_B', clientSecret: 'b' };
  await expect(openIssuer({ clients: [twice, twice] })).rejects.toThrow('two clients with the id client_B');
});
