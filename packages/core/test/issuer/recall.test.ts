import { type Auth, createVerifier } from '@connect-auth/core';
import { createFixedClock, createTestIssuer } from '@connect-auth/testing';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { outcomeOf } from '../errors/outcome.js';
import { settle } from './outcome.js';

const clock = createFixedClock();
const issuer = await createTestIssuer({ clock, algorithm: 'ES256' });
afterAll(() => issuer.close());
beforeEach(() => issuer.resetRequests());

const open = (options: object = {}) => createVerifier({ ...issuer.verifierOptions(), ...options });

/** A verifier that has verified one token, which it recalls. */
async function openWithToken(options: object = {}, lifetimeSeconds = 3600) {
  const verifier = open(options);
  const token = issuer.token({ lifetimeSeconds });
  const auth: Auth = await verifier.verify(token);
  expect(verifier.recall(token)).toBe(auth);
  return { verifier, token, auth };
}

test('gives the Auth of a token that was verified, without a fetch', async () => {
  const { verifier, token, auth } = await openWithToken();
  const before = issuer.requests.total;
  for (let times = 0; times < 10; times += 1) expect(verifier.recall(token)).toBe(auth);
  expect(issuer.requests.total).toBe(before);
});

test('tells of the acceptance, and not of a token that it does not know', async () => {
  const { verifier, token, auth } = await openWithToken();
  const events: unknown[] = [];
  verifier.on('accepted', (event) => events.push(event));
  verifier.on('refused', (event) => events.push(event));
  verifier.recall(token);
  verifier.recall('unknown');
  expect(events).toEqual([{ auth, cached: true, live: false }]);
});

describe('gives nothing', () => {
  test('for a token that was not verified, or was refused, or is opaque', async () => {
    const verifier = open();
    const [good, opaque, bad] = [issuer.token(), issuer.opaqueToken(), issuer.flaws.badSignature()];
    expect(verifier.recall(good)).toBeUndefined();
    await outcomeOf(verifier.verify(opaque));
    await outcomeOf(verifier.verify(bad));
    expect([verifier.recall(opaque), verifier.recall(bad)]).toEqual([undefined, undefined]);
  });

  test('for anything but the very text', async () => {
    const { verifier, token } = await openWithToken();
    const others = [undefined, null, '', {}, [], [token], new String(token), { toString: () => token }, 7];
    const near = [` ${token}`, `${token} `, `${token}=`, token.slice(0, -1), token.toLowerCase(), `Bearer ${token}`];
    for (const other of [...others, ...near]) expect(verifier.recall(other as string)).toBeUndefined();
  });

  test('from the second at which the token ends', async () => {
    const { verifier, token, auth } = await openWithToken({}, 60);
    clock.advanceMs(64_999);
    expect(verifier.recall(token)).toBe(auth);
    clock.advanceMs(1);
    expect(verifier.recall(token)).toBeUndefined();
  });

  test.each(['tokenId', 'orgId', 'clientId', 'subject'] as const)('once it is revoked by %s', async (kind) => {
    const { verifier, token, auth } = await openWithToken();
    await verifier.revoke({ [kind]: auth[kind] } as never);
    expect(verifier.recall(token)).toBeUndefined();
    expect(await outcomeOf(verifier.verify(token))).toBe(`InvalidTokenError 401 invalid_token revoked (${kind})`);
  });

  test('once its key was withdrawn', async () => {
    const { verifier, token } = await openWithToken();
    const kid = issuer.keys.current;
    issuer.keys.rotate();
    issuer.keys.withdraw(kid);
    await verifier.verify(issuer.token());
    expect(verifier.recall(token)).toBeUndefined();
  });

  test('once the keys have been used for 600 s, the default', async () => {
    const { verifier, token, auth } = await openWithToken();
    clock.advanceMs(599_999);
    expect(verifier.recall(token)).toBe(auth);
    clock.advanceMs(1);
    expect(verifier.recall(token)).toBeUndefined();
  });

  test('once the keys are too old to vouch for it', async () => {
    const { verifier, token, auth } = await openWithToken({ keys: { cacheSeconds: 60 } });
    issuer.fail('all', 'refused');
    clock.advanceMs(59_999);
    expect(verifier.recall(token)).toBe(auth);
    clock.advanceMs(1);
    expect(verifier.recall(token)).toBeUndefined();
    issuer.recover();
  });

  test('where every token is introspected, or nothing is remembered, or the verifier is closed', async () => {
    const { introspection } = issuer.verifierOptions();
    for (const options of [{ introspection: { ...introspection, mode: 'always' } }, { tokenCache: null }]) {
      const verifier = open(options);
      const token = issuer.token();
      await verifier.verify(token);
      expect(verifier.recall(token)).toBeUndefined();
    }
    const { verifier, token } = await openWithToken();
    await verifier.close();
    expect(verifier.recall(token)).toBeUndefined();
  });
});

test('starts the refresh that is due, and does not wait for it', async () => {
  const runtime = { ...issuer.verifierOptions().runtime, random: () => 0.5 };
  const { verifier, token, auth } = await openWithToken({ runtime });
  const before = issuer.requests.jwks;
  clock.advanceSeconds(481);
  expect(verifier.recall(token)).toBe(auth);
  await settle();
  expect(issuer.requests.jwks).toBe(before + 1);
});
