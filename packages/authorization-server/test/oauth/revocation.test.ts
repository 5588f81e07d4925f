import { describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { hashTokenId } from '../../src/tokens/hash-token-id.js';
import { createM2m, get, grant, post } from '../kit/client.js';
import { headersOf, oauthHeaders } from './headers.js';
import { isActive } from './introspect.js';
import { open } from './open.js';
import { form, raw } from './raw-request.js';
import { consent, type OauthClient, refresh, tokensFor } from './user-tokens.js';

const path = '/oauth2/revoke';

const server = await open();
const m2m = await createM2m(server);

describe('the profile standard', () => {
  const revoke = ({ credentials }: Pick<OauthClient, 'credentials'>, token: string, more = {}) =>
    post(server, path, { ...credentials, token, ...more });

  const { 'cache-control': _, ...headers } = oauthHeaders;
  const nothing = [200, { ...headers, 'content-type': 'text/plain; charset=utf-8' }, ''];

  test('a client ends its own token, once or several times, and hears nothing', async () => {
    const [token, another] = [await grant(server, m2m), await grant(server, m2m)];
    for (let times = 0; times < 3; times += 1) {
      const answer = await revoke(m2m, token);
      expect([answer.status, headersOf(answer), answer.body]).toEqual(nothing);
      expect(await isActive(server, m2m, token)).toBe(false);
    }
    expect(await isActive(server, m2m, another)).toBe(true);
    const target = { type: 'access_token', id: hashTokenId(decodeJwt(token).jti as string) };
    const told = server.events.filter(({ action }) => action === 'token.revoked');
    expect(told).toEqual([
      expect.objectContaining({
        targets: [target],
        http: expect.objectContaining({ request_id: expect.stringMatching(/^request_/) }),
        actor: expect.anything(),
      }),
    ]);
  });

  test.each(['access_token', 'refresh_token', 'x'])('with the hint %s', async (token_type_hint) => {
    const token = await grant(server, m2m);
    await revoke(m2m, token, { token_type_hint });
    expect(await isActive(server, m2m, token)).toBe(false);
  });

  test.each([`${path}/`, path.toUpperCase()])('at %s', async (spelling) => {
    const token = await grant(server, m2m);
    await post(server, spelling, { ...m2m.credentials, token });
    expect(await isActive(server, m2m, token)).toBe(false);
  });

  test('what is no token, or was none of this server’s, is as good as revoked (RFC 7009 §2.2)', async () => {
    const token = await grant(server, m2m);
    const { jti } = decodeJwt(token) as { jti: string };
    for (const other of ['x', jti, `~${token}`, `${token}x`, 'a.b.c', '~', 'x'.repeat(50_000)]) {
      const answer = await revoke(m2m, other);
      expect([answer.status, headersOf(answer), answer.body]).toEqual(nothing);
    }
    expect(await isActive(server, m2m, token)).toBe(true);
  });

  test('another client’s token stays what it is, and the answer does not tell (RFC 7009 §2.1)', async () => {
    const consented = await consent(server);
    const { accessToken, refreshToken } = await tokensFor(consented);
    const stranger = (await consent(server, true)).client;
    for (const thief of [m2m, await createM2m(server), stranger]) {
      for (const token of [accessToken, refreshToken]) {
        const answer = await revoke(thief, token);
        expect([answer.status, headersOf(answer), answer.body]).toEqual(nothing);
        expect(await isActive(server, m2m, token)).toBe(true);
      }
    }
    expect((await refresh(consented, refreshToken)).status).toBe(200);
  });

  test('a refresh token takes the access tokens of its grant along', async () => {
    const consented = await consent(server, true);
    const first = await tokensFor(consented);
    const { body } = await refresh(consented, first.refreshToken);
    await revoke(consented.client, body.refresh_token);
    for (const token of [first.accessToken, first.refreshToken, body.access_token, body.refresh_token]) {
      expect(await isActive(server, m2m, token)).toBe(false);
    }
    expect((await refresh(consented, body.refresh_token)).body.error).toBe('invalid_grant');
    expect(server.events.filter(({ action }) => action === 'grant.revoked').at(-1)).toMatchObject({
      targets: [{ type: 'grant', id: consented.grantId }],
    });
  });

  test.each([
    ['a wrong secret', { client_id: m2m.clientId, client_secret: 'x' }, 401, 'invalid_client'],
    ['nobody', {}, 400, 'invalid_request'],
  ])('%s ends nothing', async (_who, credentials, status, error) => {
    const token = await grant(server, m2m);
    const answer = await post(server, path, { ...credentials, token } as Record<string, string>);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect(await isActive(server, m2m, token)).toBe(true);
  });

  test('no token, a body that is too large, and GET are refused', async () => {
    expect((await post(server, path, m2m.credentials)).status).toBe(400);
    expect((await raw(server, 'POST', path, form, [`token=${'x'.repeat(57 * 1024)}`])).status).toBe(413);
    expect((await get(server, path)).status).toBe(404);
  });
});

describe('the profile workos', () => {
  test.each([path, `${path}/`, path.toUpperCase(), `${path}/x`])('has no %s', async (spelling) => {
    const workos = await open({ tokens: { profile: 'workos' } });
    const client = await createM2m(workos);
    const token = await grant(workos, client);
    const answer = await post(workos, spelling, { ...client.credentials, token });
    expect([answer.status, answer.body.statusCode]).toEqual([404, 404]);
    expect(await isActive(workos, client, token)).toBe(true);
    for (const document of ['openid-configuration', 'oauth-authorization-server']) {
      expect(JSON.stringify((await get(workos, `/.well-known/${document}`)).body)).not.toContain('revo');
    }
  });
});
