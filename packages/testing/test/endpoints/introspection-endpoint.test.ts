import { expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { createFixedClock } from '../../src/index.js';
import { introspect, openIssuer, post, secretOf } from '../open-issuer.js';

test('describes a Connect token as Connect does, in its order, with no scope', async () => {
  const issuer = await openIssuer();
  const user = issuer.connectToken.user({ user: 'user_B', clientId: 'absent' });
  const { scope: _, ...claims } = decodeJwt(user);
  const answer = await introspect(issuer, user);
  expect(answer).toEqual({
    active: true,
    client_id: issuer.client.clientId,
    token_type: 'access_token',
    ...claims,
  });
  expect(Object.keys(answer)).toEqual([
    'active',
    'client_id',
    'iss',
    'aud',
    'sub',
    'org_id',
    'sid',
    'jti',
    'exp',
    'iat',
    'token_type',
  ]);
  expect(await introspect(issuer, issuer.connectToken.m2m())).not.toHaveProperty('sid');
});

test('describes an opaque token, with the fields that were asked for', async () => {
  const issuer = await openIssuer({ introspectionScope: true });
  const token = issuer.opaqueToken({ org: 'org_B', scopes: ['a', 'b'], user: 'user_B', answer: { aud: 'x', ext: 1 } });
  expect(await introspect(issuer, token)).toMatchObject({
    active: true,
    sub: 'user_B',
    org_id: 'org_B',
    scope: 'a b',
    aud: 'x',
    ext: 1,
  });
});

test('describes a refresh token as one', async () => {
  const issuer = await openIssuer({ clock: createFixedClock(5_000) });
  expect(await introspect(issuer, issuer.refreshToken({ user: 'user_B' }))).toEqual({
    active: true,
    client_id: issuer.client.clientId,
    iss: issuer.issuer,
    sub: 'user_B',
    iat: 5,
    token_type: 'refresh_token',
  });
});

test('calls everything else inactive', async () => {
  const clock = createFixedClock();
  const issuer = await openIssuer({ clock });
  const [kept, revoked] = [issuer.token({ lifetimeSeconds: 900 }), issuer.token()];
  const opaque = issuer.opaqueToken();
  issuer.revoke(revoked);
  issuer.revoke('never issued');
  const notYet = issuer.token({ claims: { nbf: clock.now() / 1000 + 60 } });
  const textExpiry = issuer.token({ claims: { exp: 'never' } });
  for (const token of [revoked, notYet, textExpiry, `${kept}x`, issuer.flaws.tampered(), 'foreign']) {
    expect(await introspect(issuer, token)).toEqual({ active: false });
  }
  clock.advanceSeconds(300);
  expect(await introspect(issuer, opaque)).toEqual({ active: false });
  expect(await introspect(issuer, kept)).toMatchObject({ active: true });
});

test('remembers how it was asked, and no secret', async () => {
  const issuer = await openIssuer();
  expect(issuer.lastIntrospection).toBeUndefined();
  await introspect(issuer, issuer.token());
  expect(issuer.lastIntrospection).toEqual({ authMethod: 'client_secret_post' });
  const form = { token: 'x', token_type_hint: 'access_token', ...secretOf(issuer) };
  await post(issuer, '/oauth2/introspection', form);
  expect(issuer.lastIntrospection).toEqual({ authMethod: 'client_secret_post', tokenTypeHint: 'access_token' });
});

test('needs a token', async () => {
  const issuer = await openIssuer();
  const response = await post(issuer, '/oauth2/introspection', secretOf(issuer));
  expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_request' }]);
});
