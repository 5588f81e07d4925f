import { describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { createFixedClock, defaultOrgId } from '../../src/index.js';
import { signingAlgorithms } from '../issuer-tables.js';
import { introspect, openIssuer, places } from '../open-issuer.js';

describe.each(places)('%s', (_place, options) => {
  test.each(signingAlgorithms)('a good %s token verifies with jose against the served JWKS', async (algorithm) => {
    const clock = createFixedClock();
    const issuer = await openIssuer({ ...options, algorithm, clock });
    const jwks = createRemoteJWKSet(new URL(`${issuer.issuer}/oauth2/jwks`), { [customFetch]: issuer.runtime.fetch });
    const verified = await jwtVerify(issuer.token(), jwks, {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms: [algorithm],
      requiredClaims: ['exp', 'iat', 'sub', 'jti'],
      maxTokenAge: '5 minutes',
      currentDate: new Date(clock.now()),
    });
    expect(verified.protectedHeader).toEqual({ alg: algorithm, kid: issuer.keys.current });
    expect(verified.payload).toEqual({
      iss: issuer.issuer,
      aud: 'client_01TESTENVIRONMENT000000000',
      sub: issuer.client.clientId,
      client_id: issuer.client.clientId,
      org_id: defaultOrgId,
      jti: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      exp: clock.now() / 1000 + 300,
      iat: clock.now() / 1000,
      scope: 'projects:read',
    });
  });
});

test('token() says what it is told to', async () => {
  const issuer = await openIssuer({ audience: 'https://api.test', lifetimeSeconds: 60 });
  const payload = decodeJwt(
    issuer.token({
      org: 'org_B',
      scopes: ['a', 'b'],
      client: 'client_B',
      user: 'user_B',
      audience: ['x', 'y'],
      lifetimeSeconds: 10,
      claims: { role: 'admin', jti: 'fixed' },
      omit: ['iss'],
    }),
  );
  expect(payload).toEqual({
    aud: ['x', 'y'],
    sub: 'user_B',
    client_id: 'client_B',
    org_id: 'org_B',
    jti: 'fixed',
    exp: (payload.iat ?? 0) + 10,
    iat: expect.any(Number),
    scope: 'a b',
    role: 'admin',
  });
  const bare = decodeJwt(issuer.token({ org: null, scopes: [] }));
  expect(Object.keys(bare)).toEqual(['iss', 'aud', 'sub', 'client_id', 'jti', 'exp', 'iat']);
  expect(bare).toMatchObject({ aud: 'https://api.test', exp: (bare.iat ?? 0) + 60 });
  expect(decodeProtectedHeader(issuer.token({ header: { typ: 'at+jwt' } }))).toMatchObject({
    alg: 'ES256',
    typ: 'at+jwt',
  });
  expect(() => issuer.token({ key: 'no-such-kid' })).toThrow('no key with kid');
});

test('no two tokens are alike', async () => {
  const issuer = await openIssuer({ clock: createFixedClock() });
  const ids = Array.from({ length: 50 }, () => decodeJwt(issuer.token()).jti);
  expect(new Set(ids).size).toBe(50);
});

describe("Connect's shape", () => {
  test('m2m', async () => {
    const issuer = await openIssuer({ algorithm: 'RS256', audience: 'elsewhere' });
    const token = issuer.connectToken.m2m();
    const payload = decodeJwt(token);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: issuer.keys.current });
    expect(Object.keys(payload).sort()).toEqual([
      'aud',
      'client_id',
      'exp',
      'iat',
      'iss',
      'jti',
      'org_id',
      'scope',
      'sub',
    ]);
    expect(payload).toMatchObject({ aud: issuer.environmentClientId, sub: issuer.client.clientId });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
    expect(decodeJwt(issuer.connectToken.m2m({ clientId: 'absent' }))).not.toHaveProperty('client_id');
  });

  test('user', async () => {
    const issuer = await openIssuer();
    const payload = decodeJwt(issuer.connectToken.user({ user: 'user_B', scopes: ['a'] }));
    expect(payload).toMatchObject({ sub: 'user_B', client_id: issuer.client.clientId, scope: 'a' });
    expect(payload.sid).toMatch(/^app_consent_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    const bare = decodeJwt(issuer.connectToken.user({ clientId: 'absent', org: null, sid: 'app_consent_X' }));
    expect(bare).not.toHaveProperty('client_id');
    expect(bare).not.toHaveProperty('org_id');
    expect(bare.sid).toBe('app_consent_X');
    expect(bare.sub).toMatch(/^user_[0-9A-Z]{26}$/);
  });
});

test('an unregistered token is good to a JWKS and unknown to introspection', async () => {
  const issuer = await openIssuer();
  expect(await introspect(issuer, issuer.token({ registered: false }))).toEqual({ active: false });
});
