import { createVerifier, type Verifier, type VerifierOptions, workosConnect } from '@connect-auth/core';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Profile, SigningAlgorithm } from '../../src/index.js';
import { createM2m, grant, manage, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { open } from './open.js';
import { consent, tokensFor } from './user-tokens.js';

// Our own verifier, at the other end.

const opened: Verifier[] = [];
afterEach(async () => {
  for (const verifier of opened.splice(0)) await verifier.close();
});
const verifierWith = (options: VerifierOptions) => {
  const verifier = createVerifier(options);
  opened.push(verifier);
  return verifier;
};

const algorithms: SigningAlgorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const cases = (['standard', 'workos'] as Profile[]).flatMap((profile) =>
  algorithms.map((algorithm) => [profile, algorithm] as const),
);

/** As an API would be set up: the preset for the profile of WorkOS, plain options for the other. */
const optionsFor = (server: TestServer, profile: Profile, algorithm: SigningAlgorithm = 'RS256') => {
  const { issuer } = server;
  const { environmentClientId } = server.server;
  return profile === 'workos'
    ? workosConnect({ authkitDomain: issuer, environmentClientId, algorithms: [algorithm] })
    : { issuer, audience: environmentClientId, requireTyp: 'at+jwt' as const, algorithms: [algorithm] };
};

describe.each(cases)('in the profile %s, with %s', (profile, algorithm) => {
  test('every token that is issued is accepted, as what it is', async () => {
    const server = await open({ tokens: { profile }, keys: { algorithm, encryptionKey: 'ab'.repeat(32) } });
    const verifier = verifierWith(optionsFor(server, profile, algorithm));
    const m2m = await createM2m(server);
    const auth = await verifier.verify(await grant(server, m2m));
    expect({ ...auth, scopes: [...auth.scopes] }).toMatchObject({
      actor: { type: 'client', id: m2m.clientId },
      clientId: m2m.clientId,
      orgId: m2m.organizationId,
      scopes: ['projects:read', 'projects:write'],
      subject: m2m.clientId,
      verifiedBy: 'jwks',
    });
    expect(auth.userId).toBeUndefined();

    const consented = await consent(server);
    const { accessToken, refreshToken, idToken } = await tokensFor(consented);
    const users = await verifier.verify(accessToken);
    expect({ ...users, scopes: [...users.scopes] }).toMatchObject({
      actor: { type: 'user', id: consented.member.userId },
      clientId: consented.client.clientId,
      orgId: consented.member.organizationId,
      scopes: ['openid', 'offline_access', 'projects:read'],
      userId: consented.member.userId,
    });
    expect(users.sessionId).toBe(profile === 'workos' ? consented.grantId : undefined);
    for (const other of [refreshToken, idToken]) await expect(verifier.verify(other)).rejects.toThrow();
  });
});

const servers = { standard: await open(), workos: await open({ tokens: { profile: 'workos' } }) };

describe.each(['standard', 'workos'] as const)('introspection in the profile %s', (profile) => {
  async function openLive(mode: 'always' | 'fallback' | 'never', wrong = {}) {
    const server = servers[profile];
    const [api, m2m] = [await createM2m(server), await createM2m(server)];
    const introspection = { clientId: api.clientId, clientSecret: api.clientSecret, mode, cacheSeconds: 0, ...wrong };
    const verifier = verifierWith({ ...optionsFor(server, profile), introspection });
    return { server, m2m, verifier };
  }
  /** The end of a token, in a profile that has no revocation too. */
  const end = async (server: TestServer, { applicationId }: { applicationId: string }) =>
    expect((await manage(server, 'DELETE', `/connect/applications/${applicationId}`)).status).toBe(204);

  test.each(['always', 'fallback', 'never'] as const)(
    'in the mode %s, a live check refuses a token that was ended',
    async (mode) => {
      const { server, m2m, verifier } = await openLive(mode);
      const token = await grant(server, m2m);
      const auth = await verifier.verify(token, { live: true });
      expect([auth.orgId, auth.clientId, auth.actor.type, [...auth.scopes]]).toEqual([
        m2m.organizationId,
        m2m.clientId,
        'client',
        ['projects:read', 'projects:write'],
      ]);
      await end(server, m2m);
      await expect(verifier.verify(token, { live: true })).rejects.toMatchObject({ reason: 'inactive' });
    },
  );

  test('in the mode always, every check is one', async () => {
    const { server, m2m, verifier } = await openLive('always');
    const token = await grant(server, m2m);
    await verifier.verify(token);
    await end(server, m2m);
    await expect(verifier.verify(token)).rejects.toMatchObject({ reason: 'inactive' });
  });

  test.each(['client_secret_basic', 'client_secret_post'])('by %s', async (authMethod) => {
    const { server, m2m, verifier } = await openLive('always', { authMethod });
    expect((await verifier.verify(await grant(server, m2m))).clientId).toBe(m2m.clientId);
  });

  test('a refresh token, which is active, is no access token', async () => {
    const { server, verifier } = await openLive('fallback');
    const { refreshToken } = await tokensFor(await consent(server));
    await expect(verifier.verify(refreshToken)).rejects.toMatchObject({ name: 'InvalidTokenError' });
  });

  test('with wrong credentials nobody can tell, and no token is called bad', async () => {
    const { server, m2m, verifier } = await openLive('always', { clientSecret: 'x' });
    const token = await grant(server, m2m);
    await expect(verifier.verify(token)).rejects.toMatchObject({ name: 'IssuerUnavailableError' });
  });
});

test('a token that was revoked is refused by a live check, and by nothing else', async () => {
  const server = servers.standard;
  const m2m = await createM2m(server);
  const { clientId, clientSecret } = m2m;
  const verifier = verifierWith({ ...optionsFor(server, 'standard'), introspection: { clientId, clientSecret } });
  const token = await grant(server, m2m);
  await post(server, '/oauth2/revoke', { ...m2m.credentials, token });
  expect((await verifier.verify(token)).clientId).toBe(clientId);
  await expect(verifier.verify(token, { live: true })).rejects.toMatchObject({ reason: 'inactive' });
});

test('after a rotation a verifier goes on with the keys that it has', async () => {
  const server = await open();
  const m2m = await createM2m(server);
  let fetches = 0;
  const counting = (url: string, init: RequestInit) => {
    fetches += 1;
    return fetch(url, init);
  };
  const verifier = verifierWith({ ...optionsFor(server, 'standard'), runtime: { fetch: counting } });
  const old = await grant(server, m2m);
  await verifier.verify(old);
  const before = fetches;
  await manage(server, 'POST', '/signing_keys/rotate');
  await verifier.verify(await grant(server, m2m));
  await verifier.verify(old);
  expect([before, fetches]).toEqual([2, 2]); // The metadata and the keys.
});
