import type { JsonObject } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { refused } from '../errors/outcome.js';
import { openClaims } from './open-claims.js';

const { outcome } = await openClaims();
const accepted = 'accepted';
const anything = [null, '', 'x', 0, false, [], {}];

describe.each(['standard', 'connect'] as const)('in the profile %s', (profile) => {
  const judge = (claims: JsonObject) => outcome(claims, { profile });

  test.each(['nonce', 'at_hash', 'c_hash', 's_hash'])('%s marks an ID token: 401 wrong_type', async (name) => {
    for (const value of anything) expect(await judge({ [name]: value })).toBe(refused('wrong_type (ID token)'));
  });

  test('events marks a logout or security event token: 401 wrong_type', async () => {
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    for (const value of [events, ...anything]) {
      expect(await judge({ events: value })).toBe(refused('wrong_type (logout or security event token)'));
    }
  });

  test.each(['session_01HQ', 'session_'])('a sid of %s marks a session: 401 wrong_type', async (sid) => {
    expect(await judge({ sid })).toBe(refused('wrong_type (session token)'));
  });

  test.each(['id', 'refresh', 'Access', 'access ', '', null, true, ['access'], {}])(
    'a token_use of %j is another token: 401 wrong_type',
    async (use) => {
      expect(await judge({ token_use: use })).toBe(refused('wrong_type (other token)'));
    },
  );

  test.each(['ID', 'Refresh', 'Offline', 'Logout', 'logout+jwt', 'dpop+jwt', '', null, 7, ['Bearer'], {}])(
    'a typ claim of %j is another token: 401 wrong_type',
    async (typ) => {
      expect(await judge({ typ })).toBe(refused('wrong_type (other token)'));
    },
  );

  test.each(['refresh_token', 'Refresh_Token', 'id_token', 'DPoP', 'mac', '', null, true, ['Bearer'], {}])(
    'a token_type of %j is another token: 401 wrong_type',
    async (type) => {
      expect(await judge({ token_type: type })).toBe(refused('wrong_type (refresh token)'));
    },
  );

  test.each<JsonObject>([
    {},
    { token_use: 'access' },
    { typ: 'Bearer' },
    { typ: 'JWT' },
    { typ: 'at+jwt' },
    { token_type: 'Bearer' },
    { token_type: 'bearer' },
    { token_type: 'access_token' },
    { sid: 'app_consent_01HQ' },
    { auth_time: 7, acr: '1', amr: ['pwd'], email: 'ada@acme.test' },
  ])('%j is what an access token may have: accepted', async (claims) => {
    expect(await judge(claims)).toBe(accepted);
  });
});

describe('a sid that is neither a session’s nor a consent’s', () => {
  test.each(['01HQ', 'Session_01HQ', 'app_consent', 'x_app_consent_01HQ', 'App_Consent_01HQ'])(
    '%s: a session for Connect, whatever it likes elsewhere',
    async (sid) => {
      expect(await outcome({ sid }, { profile: 'connect' })).toBe(refused('wrong_type (session token)'));
      expect(await outcome({ sid }, { profile: 'standard' })).toBe(accepted);
    },
  );
});

test('each claim is told apart even where the rest is a perfect access token of the right audience', async () => {
  const perfect = { typ: 'Bearer', token_use: 'access', token_type: 'Bearer', sid: 'app_consent_01HQ' };
  expect(await outcome(perfect, { profile: 'connect' })).toBe(accepted);
  expect(await outcome({ ...perfect, nonce: 'n' }, { profile: 'connect' })).toBe(refused('wrong_type (ID token)'));
});
