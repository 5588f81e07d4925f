import { describe, expect, test } from '@jest/globals';
import { artifacts } from '../../src/storage/schema/tokens.js';
import { createM2m, get, manage } from '../kit/client.js';
import { open } from './open.js';
import { raw } from './raw-request.js';
import { createMember, createOauthClient, redirectUri } from './user-tokens.js';

// Nobody can sign in here yet: a good request ends at its redirect URI, and a bad one at a page.

const server = await open();
const { organizationId } = await createMember(server);
const client = await createOauthClient(server, organizationId);
const { clientId: m2mClientId } = await createM2m(server);
const publicClient = await createOauthClient(server, organizationId, { isPublic: true });

const good = {
  client_id: client.clientId,
  redirect_uri: redirectUri,
  response_type: 'code',
  scope: 'openid projects:read',
  state: 'xyz & 1',
  nonce: 'n',
  code_challenge: 'a'.repeat(43),
  code_challenge_method: 'S256',
};

const authorize = (changes: Record<string, string | undefined> = {}, headers = {}) => {
  const wanted = Object.entries({ ...good, ...changes }).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(wanted as [string, string][]);
  return raw(server, 'GET', `/oauth2/authorize?${query}`, { accept: 'text/html', ...headers });
};

const locationOf = ({ headers }: Awaited<ReturnType<typeof authorize>>) => {
  const url = new URL(headers.location as string);
  const parameters = new URLSearchParams(url.search || url.hash.slice(1));
  return [url.origin + url.pathname, Object.fromEntries(parameters)];
};

const loginRequired = {
  error: 'login_required',
  error_description: 'this server signs no users in',
  iss: server.issuer,
  state: good.state,
};

describe('a good request', () => {
  test.each([
    ['of a confidential client', {}],
    ['of a public client', { client_id: publicClient.clientId }],
    ['of a confidential client without PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['without a redirect URI, where the client has one', { redirect_uri: undefined }],
    ['with parameters that nobody knows', { provider: 'authkit', domain_hint: 'acme.test' }],
  ])('%s comes back with login_required, its state and the issuer', async (_what, changes) => {
    const answer = await authorize(changes);
    expect([answer.status, answer.headers['cache-control']]).toEqual([303, 'no-store']);
    expect(locationOf(answer)).toEqual([redirectUri, loginRequired]);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  test('comes back in the way it asks for', async () => {
    const { headers } = await authorize({ response_mode: 'fragment' });
    expect(headers.location).toMatch(/^https:\/\/app\.test\/callback#error=login_required&/);
  });

  test('without a state comes back without one', async () => {
    const { state: _, ...rest } = loginRequired;
    expect(locationOf(await authorize({ state: undefined }))).toEqual([redirectUri, rest]);
  });

  test('leaves no code, no grant, no session and no interaction behind', async () => {
    const own = await open();
    const { clientId: client_id } = await createOauthClient(own, (await createMember(own)).organizationId);
    const ask = (query: Record<string, string>) =>
      raw(own, 'GET', `/oauth2/authorize?${new URLSearchParams({ ...good, client_id, ...query })}`);
    const answers = [await ask({}), await ask({ prompt: 'login' }), await ask({ prompt: 'none' })];
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await own.server.parts.context.storage.db.select().from(artifacts)).toEqual([]);
  });
});

describe('a request that the client is told about', () => {
  test.each([
    [
      'of a public client without PKCE',
      { client_id: publicClient.clientId, code_challenge: undefined, code_challenge_method: undefined },
      'invalid_request',
    ],
    ['with PKCE by plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['for a token instead of a code', { response_type: 'token' }, 'unsupported_response_type'],
    ['for an ID token', { response_type: 'id_token' }, 'unsupported_response_type'],
    ['without a response type', { response_type: undefined }, 'invalid_request'],
    ['with a request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
    ['with a request URI', { request_uri: 'https://evil.test/r' }, 'request_uri_not_supported'],
    ['for an unknown prompt', { prompt: '<script>' }, 'invalid_request'],
  ])('%s', async (_what, changes, error) => {
    const answer = await authorize(changes);
    expect(answer.status).toBe(303);
    expect(locationOf(answer)).toEqual([
      redirectUri,
      expect.objectContaining({ error, state: good.state, iss: server.issuer }),
    ]);
  });

  test('for a resource that is not known', async () => {
    const own = await open({ resources: ['https://api.test'] });
    const member = await createMember(own);
    const { clientId } = await createOauthClient(own, member.organizationId);
    const query = new URLSearchParams({ ...good, client_id: clientId, resource: 'https://other.test' });
    const { headers } = await raw(own, 'GET', `/oauth2/authorize?${query}`);
    expect(new URL(headers.location as string).searchParams.get('error')).toBe('invalid_target');
  });

  test.each(['state', 'nonce'])('with a control character in %s', async (name) => {
    const answer = await authorize({ [name]: 'a\0b' });
    expect([303, 400]).toContain(answer.status);
    expect(server.log).toEqual([]);
  });
});

describe('a request that goes nowhere', () => {
  const page = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>This request cannot be answered</title>
<h1>This request cannot be answered</h1>
<p>WHY</p>
<p>Go back to the application that you came from, and try again.</p>
</html>
`;
  const badUri = 'invalid_redirect_uri: redirect_uri did not match any of the client&#39;s registered redirect_uris';

  test.each([
    ['an unknown client', { client_id: 'client_x' }, 'invalid_client: client is invalid'],
    ['a client with a control character', { client_id: 'a\0b' }, 'invalid_client: client is invalid'],
    ['no client', { client_id: undefined }, 'invalid_request: missing required parameter &#39;client_id&#39;'],
    ['another redirect URI', { redirect_uri: 'https://evil.test/' }, badUri],
    ['a longer redirect URI', { redirect_uri: `${redirectUri}/x` }, badUri],
    ['a redirect URI with a query', { redirect_uri: `${redirectUri}?x=1` }, badUri],
    ['a redirect URI with a fragment', { redirect_uri: `${redirectUri}#x` }, badUri],
    ['a redirect URI in another case', { redirect_uri: 'https://app.test/CALLBACK' }, badUri],
    ['a redirect URI by http', { redirect_uri: 'http://app.test/callback' }, badUri],
    ['a redirect URI of a trickster', { redirect_uri: 'https://app.test@evil.test/callback' }, badUri],
    ['script as redirect URI', { redirect_uri: 'javascript:alert(1)' }, badUri],
  ])('%s: a page that loads nothing, and no redirect', async (_what, changes, why) => {
    for (const accept of ['text/html', 'application/json', '*/*']) {
      const { status, headers, body } = await authorize(changes, { accept });
      expect([status, headers.location, body]).toEqual([400, undefined, page.replace('WHY', why)]);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'content-type': 'text/html; charset=utf-8',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  test('an M2M application, which has no redirect URIs', async () => {
    const { status, headers } = await authorize({ client_id: m2mClientId });
    expect([status, headers.location]).toEqual([400, undefined]);
  });

  test('a client that was deleted', async () => {
    const gone = await createOauthClient(server, organizationId);
    await manage(server, 'DELETE', `/connect/applications/${gone.applicationId}`);
    expect((await authorize({ client_id: gone.clientId })).body).toContain('client is invalid');
  });

  const markup = '"><script>alert(1)</script><img src=x onerror=alert(1)>&\'';
  test.each(Object.keys(good))('markup in %s shows in no page', async (name) => {
    for (const changes of [{}, { redirect_uri: 'https://evil.test' }, { client_id: 'x' }]) {
      const { body, headers } = await authorize({ ...changes, [name]: markup });
      expect(body).not.toMatch(/<script|<img|onerror=(?!alert%)/);
      expect(headers.location ?? '').not.toContain('evil');
    }
  });

  test('a form, since this version takes queries only, and a resumption of nothing', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await raw(server, 'POST', '/oauth2/authorize', form, [`${new URLSearchParams(good)}`])).status).toBe(404);
    const { status, headers } = await get(server, '/oauth2/authorize/abc', { accept: 'text/html' });
    expect([status, headers.get('location')]).toEqual([400, null]);
  });
});
