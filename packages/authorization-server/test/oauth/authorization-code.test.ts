import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { type Answer, createM2m, manage, post } from '../kit/client.js';
import { headersOf, oauthHeaders } from './headers.js';
import { isActive } from './introspect.js';
import { open } from './open.js';
import { travel } from './travel.js';
import { consent, createCode, redeem, refresh, tokensFor } from './user-tokens.js';

const server = await open();
const asking = await createM2m(server);
const token = (form: Record<string, string>, headers = {}): Promise<Answer> =>
  post(server, '/oauth2/token', form, headers);

const invalidGrant = [400, { error: 'invalid_grant', error_description: 'grant request is invalid' }];
const invalidClient = [401, { error: 'invalid_client', error_description: 'client authentication failed' }];
const told = ({ status, body }: Answer) => [status, body];

describe('a code', () => {
  test('is redeemed for an access token, an ID token and a refresh token', async () => {
    // Time stands still, so that all of them are of the same second.
    travel(0);
    const consented = await consent(server);
    const answer = await redeem(consented);
    expect([answer.status, headersOf(answer)]).toEqual([200, oauthHeaders]);
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      expires_in: 3_600,
      id_token: expect.any(String),
      refresh_token: expect.stringMatching(/^[\w-]{43}$/),
      scope: 'openid offline_access projects:read',
      token_type: 'Bearer',
    });
    const [{ clientId }, { userId, organizationId }] = [consented.client, consented.member];
    const { access_token, id_token } = answer.body;
    const { kid } = decodeProtectedHeader(access_token);
    const { iat, jti } = decodeJwt(access_token) as { iat: number; jti: string };
    expect(decodeProtectedHeader(access_token)).toEqual({ alg: 'RS256', kid, typ: 'at+jwt' });
    expect(decodeJwt(access_token)).toEqual({
      aud: server.server.environmentClientId,
      client_id: clientId,
      exp: iat + 3_600,
      iat,
      iss: server.issuer,
      jti,
      org_id: organizationId,
      scope: 'openid offline_access projects:read',
      sub: userId,
    });
    expect(decodeProtectedHeader(id_token)).toEqual({ alg: 'RS256', kid });
    expect(decodeJwt(id_token)).toEqual({ aud: clientId, exp: iat + 3_600, iat, iss: server.issuer, sub: userId });
  });

  test('in the profile workos makes tokens that name the consent', async () => {
    const workos = await open({ tokens: { profile: 'workos' } });
    const consented = await consent(workos);
    const { accessToken } = await tokensFor(consented);
    expect(decodeProtectedHeader(accessToken).typ).toBeUndefined();
    expect(decodeJwt(accessToken)).toMatchObject({
      jti: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      sid: consented.grantId,
    });
  });

  test('without offline_access gives no refresh token', async () => {
    const { form } = await createCode(await consent(server), 'openid projects:read');
    const { status, body } = await token(form);
    expect([status, Object.keys(body).sort()]).toEqual([
      200,
      ['access_token', 'expires_in', 'id_token', 'scope', 'token_type'],
    ]);
  });

  test('gives no scope that the user did not grant', async () => {
    const { form } = await createCode(await consent(server), 'openid projects:read projects:write admin');
    expect((await token(form)).body.scope).toBe('openid projects:read');
  });

  test.each([
    ['another verifier', { code_verifier: randomBytes(32).toString('base64url') }],
    ['no verifier', { code_verifier: '' }],
    ['another redirect URI', { redirect_uri: 'https://app.test/other' }],
    ['a redirect URI with a slash more', { redirect_uri: 'https://app.test/callback/' }],
    ['another code', { code: randomBytes(32).toString('base64url') }],
  ])('is not redeemed with %s', async (_what, change) => {
    expect(told(await redeem(await consent(server), change))).toEqual(invalidGrant);
  });

  test('is redeemed without a redirect URI where the client has only one', async () => {
    expect((await redeem(await consent(server), { redirect_uri: '' })).status).toBe(200);
  });

  test('is not redeemed by another client, and stays good for its own', async () => {
    const consented = await consent(server);
    const { form } = await createCode(consented);
    const { client: thief } = await consent(server);
    expect(told(await token({ ...form, ...thief.credentials }))).toEqual(invalidGrant);
    expect((await token(form)).status).toBe(200);
  });

  test('ends after a minute, or after tokens.authorizationCodeSeconds', async () => {
    const consented = await consent(server);
    const [soon, late] = [await createCode(consented), await createCode(consented)];
    travel(58);
    expect((await token(soon.form)).status).toBe(200);
    travel(2);
    expect(told(await token(late.form))).toEqual(invalidGrant);
  });

  test('that comes again ends everything that was issued for it', async () => {
    const consented = await consent(server);
    const { form } = await createCode(consented);
    const { body } = await token(form);
    const renewed = (await refresh(consented, body.refresh_token)).body;
    expect(told(await token(form))).toEqual(invalidGrant);
    const issued = [body.access_token, body.refresh_token, renewed.access_token, renewed.refresh_token];
    for (const one of issued) expect(await isActive(server, asking, one)).toBe(false);
    expect(told(await refresh(consented, renewed.refresh_token))).toEqual(invalidGrant);
  });

  test('that comes eight times at once is redeemed at most once, and nothing of it stays active', async () => {
    const { form } = await createCode(await consent(server));
    const answers = await Promise.all(Array.from({ length: 8 }, () => token(form)));
    const redeemed = answers.filter(({ status }) => status === 200);
    expect(redeemed.length).toBeLessThanOrEqual(1);
    for (const answer of answers) if (answer.status !== 200) expect(told(answer)).toEqual(invalidGrant);
    for (const { body } of redeemed) {
      expect(await isActive(server, asking, body.access_token)).toBe(false);
      expect(await isActive(server, asking, body.refresh_token)).toBe(false);
    }
  });

  test('is worth nothing once the user has left the organization', async () => {
    const consented = await consent(server);
    const { form } = await createCode(consented);
    await manage(server, 'DELETE', `/user_management/organization_memberships/${consented.member.membershipId}`);
    expect(told(await token(form))).toEqual(invalidGrant);
  });
});

describe('a client', () => {
  test('that is public needs no secret, and must bring the verifier', async () => {
    const consented = await consent(server, true);
    expect(Object.keys(consented.client.credentials)).toEqual(['client_id']);
    expect((await redeem(consented)).status).toBe(200);
    expect(told(await redeem(consented, { code_verifier: '' }))).toEqual(invalidGrant);
  });

  test.each([{ client_secret: 'x' }, { client_secret: '0'.repeat(64) }])(
    'that is public has no secret such as %j',
    async (secret) => {
      expect(told(await redeem(await consent(server, true), secret))).toEqual(invalidClient);
    },
  );

  test.each([{ client_secret: '' }, { client_secret: 'x' }])(
    'that is confidential needs its secret, not %j',
    async (secret) => {
      const consented = await consent(server);
      expect(told(await redeem(consented, secret))).toEqual(invalidClient);
      const { refreshToken } = await tokensFor(consented);
      const form = {
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        ...consented.client.credentials,
        ...secret,
      };
      expect(told(await token(form))).toEqual(invalidClient);
      expect((await refresh(consented, refreshToken)).status).toBe(200);
    },
  );
});
