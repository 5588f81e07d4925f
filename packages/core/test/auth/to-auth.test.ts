import { type Auth, type ClaimProfile, createVerifier, type JsonObject } from '@connect-auth/core';
import { createFixedClock, createTestIssuer, defaultOrgId, defaultUserId } from '@connect-auth/testing';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openSigner } from '../token/signer.js';

const signer = await openSigner();
const { now, claims } = signer;

const verifiers = {
  standard: createVerifier({ ...signer.options, profile: 'standard' }),
  connect: createVerifier({ ...signer.options, profile: 'connect' }),
};

const authOf = (profile: ClaimProfile, changes: JsonObject): Promise<Auth> =>
  verifiers[profile].verify(signer.sign({ payload: { ...claims, ...changes } }));

/** Whose the token is, in one line. */
const actorOf = async (profile: ClaimProfile, changes: JsonObject) => {
  const { actor, userId, clientId, subject } = await authOf(profile, changes);
  expect(actor.id).toBe(subject);
  return `${actor.type} ${actor.id}; user ${userId ?? '-'}; client ${clientId ?? '-'}`;
};

test('every member comes from its claim, and nothing else is there', async () => {
  const changes = { sid: 'app_consent_1', scope: 'b a', azp: 'client_2' };
  const { scopes, ...auth } = await authOf('connect', changes);
  expect([...scopes]).toEqual(['b', 'a']);
  expect(auth).toEqual({
    issuer: 'https://issuer.test',
    subject: 'user_1',
    actor: { type: 'user', id: 'user_1' },
    userId: 'user_1',
    clientId: 'client_1',
    orgId: 'org_1',
    sessionId: 'app_consent_1',
    tokenId: 'token_1',
    issuedAt: now,
    expiresAt: now + 300,
    claims: { ...claims, ...changes },
    verifiedBy: 'jwks',
  });
});

test('what the token does not say is absent, not undefined', async () => {
  const absent = { client_id: undefined, org_id: undefined, jti: undefined, iat: undefined, scope: undefined };
  expect(Object.keys(await authOf('standard', absent)).sort()).toEqual(
    ['actor', 'claims', 'expiresAt', 'issuer', 'scopes', 'subject', 'userId', 'verifiedBy'].sort(),
  );
});

describe('who acts', () => {
  const none = { client_id: undefined };
  test.each<[claims: JsonObject, standard: string, connect: string]>([
    [
      { sub: 'user_1', client_id: 'client_1' },
      'user user_1; user user_1; client client_1',
      'user user_1; user user_1; client client_1',
    ],
    [{ sub: 'user_1', ...none }, 'user user_1; user user_1; client -', 'user user_1; user user_1; client -'],
    [
      { sub: 'user_1', ...none, azp: 'client_2' },
      'user user_1; user user_1; client client_2',
      'user user_1; user user_1; client client_2',
    ],
    [
      { sub: 'client_1', client_id: 'client_1' },
      'client client_1; user -; client client_1',
      'client client_1; user -; client client_1',
    ],
    [
      { sub: 'client_1', ...none, azp: 'client_1' },
      'client client_1; user -; client client_1',
      'client client_1; user -; client client_1',
    ],
    // Connect's M2M tokens may leave client_id out; elsewhere such a subject is anybody's.
    [
      { sub: 'client_1', ...none },
      'user client_1; user client_1; client -',
      'client client_1; user -; client client_1',
    ],
    // A token that comes from a consent is a user's, whatever its subject is called.
    [
      { sub: 'client_1', client_id: 'client_1', sid: 'app_consent_1' },
      'user client_1; user client_1; client client_1',
      'user client_1; user client_1; client client_1',
    ],
    // azp does not overrule client_id.
    [
      { sub: 'user_1', client_id: 'client_1', azp: 'user_1' },
      'user user_1; user user_1; client client_1',
      'user user_1; user user_1; client client_1',
    ],
  ])('%j', async (changes, standard, connect) => {
    expect(await actorOf('standard', changes)).toBe(standard);
    expect(await actorOf('connect', changes)).toBe(connect);
  });
});

describe('tokens in the shape of Connect’s', () => {
  const clock = createFixedClock();
  const issuers = [createTestIssuer({ clock }), createTestIssuer({ clock, issuer: 'https://acme.authkit.app' })];
  afterAll(async () => {
    for (const issuer of issuers) await (await issuer).close();
  });

  test.each([0, 1])('M2M with and without client_id, and a user’s', async (at) => {
    const issuer = (await issuers[at]) as Awaited<(typeof issuers)[number]>;
    const profile = at === 0 ? { profile: 'connect' as const } : {}; // By default so for authkit.app.
    const verifier = createVerifier({ ...issuer.verifierOptions(), ...profile });
    const { clientId } = issuer.client;
    for (const token of [issuer.connectToken.m2m(), issuer.connectToken.m2m({ clientId: 'absent' })]) {
      const { actor, ...auth } = await verifier.verify(token);
      expect(actor).toEqual({ type: 'client', id: clientId });
      expect([auth.clientId, auth.userId, auth.sessionId, auth.orgId]).toEqual([
        clientId,
        undefined,
        undefined,
        defaultOrgId,
      ]);
    }
    const auth = await verifier.verify(issuer.connectToken.user({ sid: 'app_consent_1' }));
    expect(auth.actor).toEqual({ type: 'user', id: defaultUserId });
    expect([auth.clientId, auth.userId, auth.sessionId]).toEqual([clientId, defaultUserId, 'app_consent_1']);
  });
});
