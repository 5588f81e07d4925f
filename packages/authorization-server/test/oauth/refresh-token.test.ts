import { describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type Answer, createM2m, manage, post } from '../kit/client.js';
import { query } from '../kit/query.js';
import { headersOf, oauthHeaders } from './headers.js';
import { isActive } from './introspect.js';
import { open } from './open.js';
import { travel } from './travel.js';
import { type Consent, consent, createCode, refresh, tokensFor } from './user-tokens.js';

const server = await open();
const asking = await createM2m(server);
const token = (form: Record<string, string>, headers = {}): Promise<Answer> =>
  post(server, '/oauth2/token', form, headers);

const invalidGrant = [400, { error: 'invalid_grant', error_description: 'grant request is invalid' }];
const told = ({ status, body }: Answer) => [status, body];

const month = 30 * 24 * 3_600;

describe('a refresh token', () => {
  test('is replaced at each use, and keeps user, organization and scopes', async () => {
    const consented = await consent(server);
    const first = await tokensFor(consented);
    const answer = await refresh(consented, first.refreshToken);
    expect([answer.status, headersOf(answer)]).toEqual([200, oauthHeaders]);
    const { access_token, refresh_token } = answer.body;
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      expires_in: 3_600,
      id_token: expect.any(String),
      refresh_token: expect.stringMatching(/^[\w-]{43}$/),
      scope: 'openid offline_access projects:read',
      token_type: 'Bearer',
    });
    const passing = { exp: 0, iat: 0, jti: '' };
    expect({ ...decodeJwt(access_token), ...passing }).toEqual({ ...decodeJwt(first.accessToken), ...passing });
    expect(decodeJwt(access_token).jti).not.toBe(decodeJwt(first.accessToken).jti);
    expect(await isActive(server, asking, first.refreshToken)).toBe(false);
    for (const one of [first.accessToken, access_token, refresh_token]) {
      expect(await isActive(server, asking, one)).toBe(true);
    }
  });

  test('gives fewer scopes where fewer are asked for, and never more', async () => {
    const consented = await consent(server);
    const { refreshToken } = await tokensFor(consented);
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...consented.client.credentials };
    const more = await token({ ...form, scope: 'projects:read projects:write' });
    expect([more.status, more.body.error]).toEqual([400, 'invalid_scope']);
    expect((await token({ ...form, scope: 'projects:read' })).body.scope).toBe('projects:read');
  });

  const used = async (consented: Consent) => {
    const first = await tokensFor(consented);
    const { body } = await refresh(consented, first.refreshToken);
    return { first, all: [first.accessToken, first.refreshToken, body.access_token, body.refresh_token] };
  };

  test('that was used and comes again ends the whole family', async () => {
    const consented = await consent(server, true);
    const { first, all } = await used(consented);
    expect(told(await refresh(consented, first.refreshToken))).toEqual(invalidGrant);
    for (const one of all) expect(await isActive(server, asking, one)).toBe(false);
    expect(told(await refresh(consented, all[3] as string))).toEqual(invalidGrant);
    expect(server.events.filter(({ action }) => action === 'grant.revoked').at(-1)?.targets[0]?.id).toBe(
      consented.grantId,
    );
  });

  test('that comes again from another client ends nothing', async () => {
    const consented = await consent(server);
    const { first, all } = await used(consented);
    const { client } = await consent(server);
    expect(told(await refresh({ ...consented, client }, first.refreshToken))).toEqual(invalidGrant);
    expect(await isActive(server, asking, all[3] as string)).toBe(true);
  });

  test('that comes eight times at once is used at most once, and the family ends', async () => {
    const consented = await consent(server);
    const { refreshToken } = await tokensFor(consented);
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(consented, refreshToken)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeLessThanOrEqual(1);
    for (const { body } of good) {
      expect(await isActive(server, asking, body.access_token)).toBe(false);
      expect(await isActive(server, asking, body.refresh_token)).toBe(false);
    }
  });

  test.each(['organization_memberships', 'users'])('is refused once the user is no longer in /%s', async (what) => {
    const consented = await consent(server);
    const { refreshToken } = await tokensFor(consented);
    const { membershipId, userId } = consented.member;
    await manage(server, 'DELETE', `/user_management/${what}/${what === 'users' ? userId : membershipId}`);
    expect(told(await refresh(consented, refreshToken))).toEqual(invalidGrant);
  });

  test('ends after thirty days without use, and not before', async () => {
    const consented = await consent(server);
    const { refreshToken } = await tokensFor(consented);
    travel(month - 10);
    const renewed = (await refresh(consented, refreshToken)).body.refresh_token;
    travel(month);
    expect(told(await refresh(consented, renewed))).toEqual(invalidGrant);
  });

  test('lives as long as tokens.refreshTokenSeconds says, also beyond a year', async () => {
    const year = 366 * 24 * 3_600;
    const long = await open({ tokens: { refreshTokenSeconds: year } });
    const consented = await consent(long);
    const { refreshToken } = await tokensFor(consented);
    travel(year - 10);
    expect((await refresh(consented, refreshToken)).status).toBe(200);
  });

  test('is kept as a hash', async () => {
    const consented = await consent(server);
    const { code } = await createCode(consented);
    const { refreshToken } = await tokensFor(consented);
    const rows = await query(server, 'select t::text as row from connect_auth.artifacts t');
    const dump = rows.map(({ row }) => row).join('\n');
    expect(dump).toContain('RefreshToken');
    for (const secret of [refreshToken, code]) {
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});
