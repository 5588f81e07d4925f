import { describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { createM2m, get, grant, post } from '../kit/client.js';
import { headersOf, oauthHeaders } from './headers.js';
import { introspect, isActive } from './introspect.js';
import { open } from './open.js';
import { form, raw } from './raw-request.js';
import { travel } from './travel.js';
import { consent, tokensFor } from './user-tokens.js';

const server = await open();
const m2m = await createM2m(server);
const path = '/oauth2/introspection';

const month = 30 * 24 * 3_600;

describe('the profile standard', () => {
  test('describes an M2M token by its claims', async () => {
    const token = await grant(server, m2m);
    const answer = await introspect(server, m2m, token);
    expect([answer.status, headersOf(answer)]).toEqual([200, oauthHeaders]);
    expect(answer.headers.get('x-request-id')).toMatch(/^request_[0-9A-Z]{26}$/);
    expect(answer.body).toEqual({ active: true, token_type: 'Bearer', ...decodeJwt(token) });
    expect(Object.keys(answer.body).sort()).toEqual([
      'active',
      'aud',
      'client_id',
      'exp',
      'iat',
      'iss',
      'jti',
      'org_id',
      'scope',
      'sub',
      'token_type',
    ]);
  });

  test('describes a user’s token by its claims', async () => {
    const { accessToken } = await tokensFor(await consent(server));
    const { body } = await introspect(server, m2m, accessToken);
    expect(body).toEqual({ active: true, token_type: 'Bearer', ...decodeJwt(accessToken) });
    expect(body.sub).toMatch(/^user_/);
  });

  test('describes a refresh token as one', async () => {
    // Time stands still, so that both tokens are of the same second.
    travel(0);
    const consented = await consent(server);
    const { accessToken, refreshToken } = await tokensFor(consented);
    const { iat } = decodeJwt(accessToken) as { iat: number };
    expect((await introspect(server, m2m, refreshToken)).body).toEqual({
      active: true,
      client_id: consented.client.clientId,
      exp: iat + month,
      iat,
      iss: server.issuer,
      scope: 'openid offline_access projects:read',
      sub: consented.member.userId,
      token_type: 'refresh_token',
    });
  });
});

describe('the profile workos', () => {
  test('describes an M2M token without its scopes', async () => {
    const workos = await open({ tokens: { profile: 'workos' } });
    const asking = await createM2m(workos);
    const token = await grant(workos, asking);
    const { scope, ...claims } = decodeJwt(token);
    expect(scope).toBe('projects:read projects:write');
    expect((await introspect(workos, asking, token)).body).toEqual({
      active: true,
      token_type: 'access_token',
      ...claims,
    });
  });

  test('describes a user’s token with the consent, and a refresh token with neither exp nor jti', async () => {
    const workos = await open({ tokens: { profile: 'workos' } });
    const asking = await createM2m(workos);
    travel(0);
    const consented = await consent(workos);
    const { accessToken, refreshToken } = await tokensFor(consented);
    const { scope: _, ...claims } = decodeJwt(accessToken);
    expect(claims.sid).toBe(consented.grantId);
    expect((await introspect(workos, asking, accessToken)).body).toEqual({
      active: true,
      token_type: 'access_token',
      ...claims,
    });
    expect((await introspect(workos, asking, refreshToken)).body).toEqual({
      active: true,
      client_id: consented.client.clientId,
      iat: claims.iat,
      iss: workos.issuer,
      sub: consented.member.userId,
      token_type: 'refresh_token',
    });
  });
});

describe('who may ask', () => {
  test('a confidential client of another organization, since an API asks about the tokens of all its callers', async () => {
    const token = await grant(server, m2m);
    const [other, { client }] = [await createM2m(server), await consent(server)];
    expect(other.organizationId).not.toBe(m2m.organizationId);
    expect([await isActive(server, other, token), await isActive(server, client, token)]).toEqual([true, true]);
  });

  test('a public client about its own tokens only: of others it does not hear whether they are any', async () => {
    const consented = await consent(server, true);
    const { accessToken, refreshToken } = await tokensFor(consented);
    const stranger = await consent(server, true);
    const mine = (token: string) => isActive(server, consented.client, token);
    expect([await mine(accessToken), await mine(refreshToken)]).toEqual([true, true]);
    for (const token of [await grant(server, m2m), (await tokensFor(stranger)).accessToken]) {
      expect((await introspect(server, consented.client, token)).body).toEqual({ active: false });
    }
  });

  test.each([
    ['a wrong secret', { client_id: m2m.clientId, client_secret: 'x' }, {}, 401, 'invalid_client'],
    ['no secret', { client_id: m2m.clientId }, {}, 401, 'invalid_client'],
    ['an unknown client', { client_id: 'client_x', client_secret: 'x' }, {}, 401, 'invalid_client'],
    ['nobody', {}, {}, 400, 'invalid_request'],
    ['a bearer token', {}, { authorization: 'Bearer sk_test_fixed' }, 400, 'invalid_request'],
  ])('not %s', async (_who, credentials, headers, status, error) => {
    const token = await grant(server, m2m);
    const answer = await post(server, path, { ...credentials, token }, headers as Record<string, string>);
    expect([answer.status, answer.body]).toEqual([status, { error, error_description: expect.any(String) }]);
  });

  test('credentials in the header do as well', async () => {
    const token = await grant(server, m2m);
    const authorization = `Basic ${Buffer.from(`${m2m.clientId}:${m2m.clientSecret}`).toString('base64')}`;
    expect((await post(server, path, { token }, { authorization })).body.active).toBe(true);
  });
});

describe('how it may be asked', () => {
  test.each([undefined, 'access_token', 'refresh_token', 'id_token', 'x', '<script>'])(
    'with the hint %s',
    async (hint) => {
      const { accessToken, refreshToken } = await tokensFor(await consent(server));
      const more = hint === undefined ? {} : { token_type_hint: hint };
      for (const token of [await grant(server, m2m), accessToken, refreshToken]) {
        expect((await introspect(server, m2m, token, more)).body.active).toBe(true);
      }
    },
  );

  test.each([`${path}/`, path.toUpperCase(), '/OAuth2/Introspection/', `${path}?x=1`])('at %s', async (spelling) => {
    const token = await grant(server, m2m);
    expect((await post(server, spelling, { ...m2m.credentials, token })).body.active).toBe(true);
  });

  test('with a body that comes in chunks', async () => {
    const body = `${new URLSearchParams({ ...m2m.credentials, token: await grant(server, m2m) })}`;
    const chunks = [body.slice(0, 10), body.slice(10, 200), body.slice(200)];
    const answer = await raw(server, 'POST', path, { ...form, 'transfer-encoding': 'chunked' }, chunks);
    expect([answer.status, JSON.parse(answer.body).active]).toEqual([200, true]);
  });

  test('with another charset, which ASCII does not mind', async () => {
    const body = `${new URLSearchParams({ ...m2m.credentials, token: await grant(server, m2m) })}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=ISO-8859-1' };
    expect(JSON.parse((await raw(server, 'POST', path, headers, [body])).body).active).toBe(true);
  });

  test('not with more than 56 KiB, announced or not', async () => {
    const body = `${new URLSearchParams({ ...m2m.credentials, token: 'x'.repeat(57 * 1024) })}`;
    const chunked = { ...form, 'transfer-encoding': 'chunked' };
    const announced = { ...form, 'content-length': String(body.length) };
    for (const headers of [chunked, announced]) {
      const answer = await raw(server, 'POST', path, headers, [body]);
      expect([answer.status, answer.headers.connection, JSON.parse(answer.body)]).toEqual([
        413,
        'close',
        { error: 'invalid_request', error_description: 'the request body is too large' },
      ]);
    }
  });

  test('not with JSON, not without a token, not with two, and not by GET', async () => {
    const { credentials } = m2m;
    const json = JSON.stringify({ ...credentials, token: 'x' });
    expect((await raw(server, 'POST', path, { 'content-type': 'application/json' }, [json])).status).toBe(400);
    const two = new URLSearchParams({ ...credentials, token: 'x' });
    two.append('token', 'y');
    for (const body of [credentials, { ...credentials, token: '' }, two]) {
      const answer = await post(server, path, body);
      expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
    }
    expect((await get(server, `${path}?token=x`)).status).toBe(404);
  });
});
