import { describe, expect, test } from '@jest/globals';
import { json, rerouteFetch } from '../runtime/rerouted-fetch.js';
import { credentialsOf, openIssuer, openVerifier } from './open-verifier.js';
import { outcomeOf } from './outcome.js';

const path = '/oauth2/introspection';

/** Keys that cannot be had, and a response that calls every token active and says as little of it as it may. */
async function openWithoutKeys(mode: 'fallback' | 'always' = 'fallback') {
  const scene = await openIssuer();
  const { issuer, clock } = scene;
  const now = clock.now() / 1000;
  const response: Record<string, unknown> = {
    active: true,
    iss: issuer.issuer,
    aud: issuer.audience,
    sub: issuer.client.clientId,
    client_id: issuer.client.clientId,
    exp: now + 300,
  };
  const { fetch, forms } = rerouteFetch(issuer, { [path]: (init) => json(response)(init) });
  const verifier = openVerifier(
    scene,
    { introspection: { ...credentialsOf(issuer), mode, cacheSeconds: 0 } },
    { fetch },
  );
  return { ...scene, now, response, verifier, requests: () => forms.length };
}

describe('while the keys cannot be had, the claims of a JWT count against it, before it is introspected', () => {
  test.each<[string, (now: number) => Record<string, unknown>, string]>([
    ['an ID token', () => ({ nonce: 'n' }), '401 wrong_type'],
    ['a session token', () => ({ sid: 'session_1' }), '401 wrong_type'],
    ['a logout token', () => ({ events: {} }), '401 wrong_type'],
    ['an ID token of Cognito', () => ({ token_use: 'id' }), '401 wrong_type'],
    ['a refresh token', () => ({ token_type: 'refresh_token' }), '401 wrong_type'],
    ['a token that is bound to a key', () => ({ cnf: { jkt: 'x' } }), '401 sender_constraint'],
    ['a token from the future', (now) => ({ nbf: now + 60 }), '401 not_yet_valid'],
    ['a token that is over', (now) => ({ exp: now - 60 }), '401 expired'],
    ['a token for another audience', () => ({ aud: 'another' }), '401 wrong_audience'],
  ])('%s', async (_what, claims, outcome) => {
    const { issuer, now, verifier, requests } = await openWithoutKeys();
    issuer.fail('jwks', 'error500');
    expect(await outcomeOf(verifier.verify(issuer.token({ claims: claims(now) })))).toBe(outcome);
    expect(requests()).toBe(0);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
  });

  test.each([
    ['tokenId', { tokenId: 'jti_1' }],
    ['orgId', { orgId: 'org_1' }],
    ['sid', { sid: 'sid_1' }],
  ])('a token that was revoked here by its %s, which the response does not name', async (_kind, revocation) => {
    const { issuer, verifier } = await openWithoutKeys();
    issuer.fail('jwks', 'error500');
    const token = issuer.token({ org: 'org_1', claims: { jti: 'jti_1', sid: 'sid_1' } });
    expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
    await verifier.revoke(revocation);
    expect(await outcomeOf(verifier.verify(token))).toBe('401 revoked');
  });
});

test('a session that only the response names is found among the revocations', async () => {
  const { issuer, response, verifier } = await openWithoutKeys('always');
  response.sid = 'sid_1';
  expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
  await verifier.revoke({ sid: 'sid_1' });
  expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('401 revoked');
});

test.each([
  ['azp', { azp: 'other' }],
  ['the client under its other name', { client_id: 'other' }],
])('a response that differs in %s is about another token', async (_what, differs) => {
  const { issuer, response, verifier } = await openWithoutKeys('always');
  delete response.client_id;
  Object.assign(response, differs);
  const token = issuer.token({ omit: ['client_id'], claims: { azp: issuer.client.clientId } });
  expect(await outcomeOf(verifier.verify(token))).toBe('401 invalid_claim');
});

test.each([{}, { error: 'server_error' }, { message: 'down for maintenance' }])(
  'a response that does not say whether the token is active, %j, is trouble of the issuer: 503',
  async (body) => {
    const scene = await openIssuer();
    const { fetch } = rerouteFetch(scene.issuer, { [path]: json(body) });
    const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer) }, { fetch });
    expect(await outcomeOf(verifier.verify(scene.issuer.opaqueToken()))).toBe('503 introspection');
  },
);

test.each([400, 403, 413, 414, 422])('tokens that a firewall answers %i do not shut others out', async (status) => {
  const scene = await openIssuer();
  const { fetch } = rerouteFetch(scene.issuer, {
    [path]: (init) =>
      String(init.body).includes('etc')
        ? new Response('no', { status })
        : scene.issuer.runtime.fetch(scene.issuer.issuer + path, init),
  });
  const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer) }, { fetch });
  for (let call = 0; call < 10; call += 1) {
    expect(await outcomeOf(verifier.verify(`../../etc/passwd${call}`))).toBe('503 introspection');
  }
  expect(await outcomeOf(verifier.verify(scene.issuer.opaqueToken()))).toBe('accepted');
});

test('a live check does not take over a question that was put before the token was revoked', async () => {
  const scene = await openIssuer();
  const { issuer } = scene;
  let letThrough = () => {};
  let slow = true;
  let isAnswered = () => {};
  const answered = new Promise<void>((resolve) => (isAnswered = resolve));
  const { fetch } = rerouteFetch(issuer, {
    [path]: async (init) => {
      const answer = await issuer.runtime.fetch(issuer.issuer + path, init);
      isAnswered();
      if (slow) await new Promise<void>((resolve) => (letThrough = resolve));
      return answer;
    },
  });
  const verifier = openVerifier(scene, { introspection: credentialsOf(issuer) }, { fetch });
  const token = issuer.token();
  await verifier.verify(token);
  const before = outcomeOf(verifier.verify(token, { live: true }));
  await answered;
  issuer.revoke(token);
  const after = outcomeOf(verifier.verify(token, { live: true }));
  slow = false;
  letThrough();
  expect([await before, await after]).toEqual(['accepted', '401 inactive']);
});

test('a token that is revoked here while it is being introspected is refused', async () => {
  const { issuer, verifier } = await openWithoutKeys('always');
  const token = issuer.token({ claims: { jti: 'jti_1' } }); // The response names no jti.
  verifier.on('introspected', () => void verifier.revoke({ tokenId: 'jti_1' }));
  expect(await outcomeOf(verifier.verify(token))).toBe('401 revoked');
});

test('a token that is verified while the verifier is closed is not vouched for', async () => {
  const scene = await openIssuer();
  const verifier = openVerifier(scene);
  verifier.on('keys_refreshed', () => void verifier.close());
  const token = scene.issuer.token();
  expect(await outcomeOf(verifier.verify(token))).toBe('503 jwks');
  expect(verifier.recall(token)).toBeUndefined();
});

test('a response that names no client cannot tell a user from a machine: 401', async () => {
  const { response, issuer, verifier } = await openWithoutKeys();
  expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('accepted');
  delete response.client_id;
  expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('401 missing_claim');
});

test('a machine of an issuer that puts it in gty is no user', async () => {
  const scene = await openIssuer();
  const verifier = openVerifier(scene);
  const claims = { sub: 'abc@clients', azp: 'abc', gty: 'client-credentials' };
  const { actor, clientId } = await verifier.verify(scene.issuer.token({ omit: ['client_id'], claims }));
  expect({ actor, clientId }).toEqual({ actor: { type: 'client', id: 'abc@clients' }, clientId: 'abc' });
});
