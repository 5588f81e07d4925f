import { describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { get, openIssuer, places, post, secretOf } from '../open-issuer.js';

describe.each(places)('%s', (_place, options) => {
  test('GET /.well-known/openid-configuration', async () => {
    const issuer = await openIssuer(options);
    const response = await get(issuer, '/.well-known/openid-configuration');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await response.json()).toMatchObject({
      issuer: issuer.issuer,
      jwks_uri: `${issuer.issuer}/oauth2/jwks`,
      token_endpoint: `${issuer.issuer}/oauth2/token`,
      introspection_endpoint: `${issuer.issuer}/oauth2/introspection`,
      grant_types_supported: expect.arrayContaining(['client_credentials']),
    });
  });

  test('GET /.well-known/oauth-authorization-server', async () => {
    const issuer = await openIssuer(options);
    const metadata = (await (await get(issuer, '/.well-known/oauth-authorization-server')).json()) as object;
    expect(metadata).toMatchObject({ issuer: issuer.issuer, code_challenge_methods_supported: ['S256'] });
    expect(metadata).not.toHaveProperty('userinfo_endpoint');
  });

  test('GET /oauth2/jwks', async () => {
    const issuer = await openIssuer(options);
    expect(await (await get(issuer, '/oauth2/jwks?fresh=1')).json()).toEqual(issuer.keys.jwks());
  });

  test('POST /oauth2/token', async () => {
    const issuer = await openIssuer(options);
    const form = { grant_type: 'client_credentials', ...secretOf(issuer) };
    const response = await post(issuer, '/oauth2/token', form);
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const answer = (await response.json()) as { access_token: string };
    expect(answer).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 300,
      scope: 'projects:read projects:write',
    });
    expect(decodeJwt(answer.access_token)).toMatchObject({ scope: 'projects:read projects:write' });
  });

  test('POST /oauth2/introspection', async () => {
    const issuer = await openIssuer(options);
    const response = await post(issuer, '/oauth2/introspection', { token: issuer.token(), ...secretOf(issuer) });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ active: true, sub: issuer.client.clientId });
  });

  test('anything else', async () => {
    const issuer = await openIssuer(options);
    const unknown = await get(issuer, '/no/such/path');
    expect([unknown.status, await unknown.json()]).toEqual([404, { error: 'not_found' }]);
    const wrongMethod = await get(issuer, '/oauth2/token');
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('every request is counted by what it was for', async () => {
    const issuer = await openIssuer(options);
    await get(issuer, '/.well-known/openid-configuration');
    await get(issuer, '/.well-known/oauth-authorization-server');
    await get(issuer, '/oauth2/jwks');
    await post(issuer, '/oauth2/token', {});
    await post(issuer, '/oauth2/introspection', {});
    await get(issuer, '/favicon.ico');
    const { requests } = issuer;
    expect(requests).toEqual({ discovery: 2, jwks: 1, token: 1, introspection: 1, other: 1, total: 6 });
    issuer.resetRequests();
    expect(requests.total).toBe(0);
  });
});

test('an issuer with a path has its metadata where each standard puts it', async () => {
  const issuer = await openIssuer({ issuer: 'https://login.test/tenant/' });
  expect(issuer.issuer).toBe('https://login.test/tenant');
  const read = async (url: string) => (await issuer.runtime.fetch(url, {})).json();
  const expected = { issuer: issuer.issuer, jwks_uri: 'https://login.test/tenant/oauth2/jwks' };
  expect(await read('https://login.test/tenant/.well-known/openid-configuration')).toMatchObject(expected);
  expect(await read('https://login.test/.well-known/oauth-authorization-server/tenant')).toMatchObject(expected);
  expect(await read(expected.jwks_uri)).toEqual(issuer.keys.jwks());
});
