import { createVerifier, type VerifierSharedOptions } from '@connect-auth/core';
import { createFixedClock, createTestIssuer } from '@connect-auth/testing';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { outcomeOf, refused } from '../errors/outcome.js';

const clock = createFixedClock();
const issuer = await createTestIssuer({ clock, algorithm: 'ES256' });
afterAll(() => issuer.close());
beforeEach(() => issuer.resetRequests());

/** A verifier, and for each call whether its token came from the cache. */
function open(options: VerifierSharedOptions = {}) {
  const verifier = createVerifier({ ...issuer.verifierOptions(), ...options });
  const hits: boolean[] = [];
  verifier.on('accepted', ({ cached }) => hits.push(cached));
  return { verifier, hits };
}

test('a token that comes again is answered with the same Auth, without a fetch of any kind', async () => {
  const { verifier, hits } = open();
  const token = issuer.token();
  const auth = await verifier.verify(token);
  const before = issuer.requests.total;
  for (let times = 0; times < 100; times += 1) expect(await verifier.verify(token)).toBe(auth);
  expect(issuer.requests.total).toBe(before);
  expect(hits).toEqual([false, ...Array<boolean>(100).fill(true)]);
});

test('with null every token is checked anew, and the answer is equal', async () => {
  const { verifier, hits } = open({ tokenCache: null });
  const token = issuer.token();
  const [first, second] = [await verifier.verify(token), await verifier.verify(token)];
  expect(second).not.toBe(first);
  expect(second).toEqual({ ...first, scopes: second.scopes });
  expect(hits).toEqual([false, false]);
});

test('a token is known by its whole text: no part of it will do', async () => {
  const { verifier } = open();
  const token = issuer.token();
  await verifier.verify(token);
  const [header, payload, signature = ''] = token.split('.');
  const other = issuer.token({ org: 'org_2' }).split('.');
  const crossed = [`${header}.${other[1]}.${signature}`, `${header}.${payload}.${other[2]}`, `${header}.${payload}.`];
  for (const forged of crossed) expect(await outcomeOf(verifier.verify(forged))).toBe(refused('bad_signature'));
  for (const changed of [token.slice(0, -1), `${token}=`, ` ${token}`, `${token}.`]) {
    expect(await outcomeOf(verifier.verify(changed))).not.toBe('accepted');
  }
});

test('it holds no more than maxEntries, and forgets what was not used lately', async () => {
  const { verifier, hits } = open({ tokenCache: { maxEntries: 4 } });
  const tokens = Array.from({ length: 20 }, () => issuer.token());
  for (const token of tokens) await verifier.verify(token);
  hits.length = 0;
  for (const token of tokens.toReversed()) await verifier.verify(token);
  expect(hits.filter(Boolean).length).toBeGreaterThan(0);
  expect(hits.filter(Boolean).length).toBeLessThanOrEqual(4);
});

test('a bad token is not remembered, neither as bad nor as good', async () => {
  const { verifier, hits } = open();
  const token = issuer.token({ claims: { nbf: clock.now() / 1000 + 60 } });
  expect(await outcomeOf(verifier.verify(token))).toBe(refused('not_yet_valid (nbf)'));
  clock.advanceSeconds(60);
  expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
  expect(hits).toEqual([false]);
});

describe('an entry ends', () => {
  test('with the token', async () => {
    const { verifier, hits } = open();
    const token = issuer.token({ lifetimeSeconds: 60 });
    await verifier.verify(token);
    clock.advanceMs(64_999);
    expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
    clock.advanceMs(1);
    expect(await outcomeOf(verifier.verify(token))).toBe(refused('expired'));
    expect(hits).toEqual([false, true]);
  });

  test('with its key, as soon as the keys were read without it', async () => {
    const { verifier } = open();
    const kid = issuer.keys.current;
    const token = issuer.token({ lifetimeSeconds: 3600 });
    await verifier.verify(token);
    issuer.keys.rotate();
    issuer.keys.withdraw(kid);
    await verifier.verify(issuer.token());
    expect(await outcomeOf(verifier.verify(token))).toBe(refused('unknown_key'));
  });

  test('when the keys are too old, even if nobody can be asked for new ones', async () => {
    const keys = { cacheSeconds: 60, staleSeconds: 0 };
    const { introspection: _, ...options } = issuer.verifierOptions();
    const verifier = createVerifier({ ...options, keys });
    const token = issuer.token({ lifetimeSeconds: 3600 });
    await verifier.verify(token);
    issuer.fail('all', 'refused');
    clock.advanceSeconds(60);
    expect(await outcomeOf(verifier.verify(token))).toMatch(/^IssuerUnavailableError 503 - (jwks|discovery)$/);
    issuer.recover();
  });

  test('when it is revoked', async () => {
    const { verifier } = open();
    const token = issuer.token({ org: 'org_9' });
    await verifier.verify(token);
    await verifier.revoke({ orgId: 'org_9' });
    expect(await outcomeOf(verifier.verify(token))).toBe(refused('revoked (orgId)'));
  });
});

test('what only the issuer’s answer vouches for is not kept here', async () => {
  const { verifier, hits } = open();
  const token = issuer.opaqueToken();
  await verifier.verify(token);
  await verifier.verify(token);
  expect(hits).toEqual([false, false]);
});
