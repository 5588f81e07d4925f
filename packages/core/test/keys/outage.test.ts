import { IssuerUnavailableError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { jwksUriOf, openIssuer, openVerifier, type Scene } from '../issuer/open-verifier.js';
import { outcomeNow, outcomeOf, refusalOf, settle } from '../issuer/outcome.js';
import { strayTokens } from './stray-tokens.js';

const coldVerifier = (scene: Scene) => openVerifier(scene, { jwksUri: jwksUriOf(scene.issuer) });

describe('R4: the keys cannot be had, and none were had before', () => {
  test.each(['error500', 'reset', 'html', 'redirect'] as const)(
    'with %s, 1,000 requests in 10 s are all told 503 at once, at the cost of at most 10 fetches',
    async (mode) => {
      const scene = await openIssuer();
      const verifier = coldVerifier(scene);
      scene.issuer.fail('jwks', mode);
      const token = scene.issuer.token();
      for (let request = 0; request < 1_000; request += 1) {
        expect(await outcomeNow(verifier.verify(token))).toBe('503 jwks');
        scene.clock.advanceMs(10);
      }
      expect(scene.issuer.requests.jwks).toBeGreaterThanOrEqual(3);
      expect(scene.issuer.requests.jwks).toBeLessThanOrEqual(10);
    },
  );

  test('the answer is an IssuerUnavailableError that says when to come back', async () => {
    const scene = await openIssuer();
    const verifier = coldVerifier(scene);
    scene.issuer.fail('jwks', 'error500');
    for (const _attempt of [1, 2, 3, 4, 5]) {
      const refusal = await refusalOf(verifier.verify(scene.issuer.token()));
      expect(refusal).toBeInstanceOf(IssuerUnavailableError);
      expect(refusal).toMatchObject({ status: 503, reason: 'jwks', error: undefined });
      expect(Number.isInteger(refusal.retryAfterSeconds)).toBe(true);
      expect(refusal.retryAfterSeconds).toBeGreaterThanOrEqual(1);
      scene.clock.advanceSeconds(Number(refusal.retryAfterSeconds));
    }
    expect(scene.issuer.requests.jwks).toBe(5);
  });

  /** An issuer that hangs, and a verifier that has waited for it once, until its deadline. */
  async function openHanging() {
    const scene = await openIssuer();
    const verifier = coldVerifier(scene);
    scene.issuer.fail('jwks', 'hang');
    const first = outcomeOf(verifier.verify(scene.issuer.token()));
    await scene.issuer.whenInFlight('jwks');
    scene.clock.advanceSeconds(5);
    expect(await first).toBe('503 jwks');
    return { scene, verifier };
  }

  test('with a hanging issuer nobody waits while it is left alone', async () => {
    const { scene, verifier } = await openHanging();
    scene.clock.advanceMs(900);
    expect(await outcomeNow(verifier.verify(scene.issuer.token()))).toBe('503 jwks');
    expect(scene.issuer.requests.jwks).toBe(1);
  });

  test('with a hanging issuer nobody waits any more after the first time-out, not even for the next try', async () => {
    const { scene, verifier } = await openHanging();
    for (let second = 5; second < 15; second += 1) {
      scene.clock.advanceMs(1_000);
      expect(await outcomeNow(verifier.verify(scene.issuer.token()))).toBe('503 jwks');
    }
  });

  test('an issuer that is back is used at the next try', async () => {
    const scene = await openIssuer();
    const verifier = coldVerifier(scene);
    scene.issuer.fail('jwks', 'error500');
    const { retryAfterSeconds = 0 } = await refusalOf(verifier.verify(scene.issuer.token()));
    scene.issuer.recover();
    scene.clock.advanceSeconds(retryAfterSeconds);
    expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('accepted');
  });
});

describe('R5: the keys cannot be had, and good ones were had before', () => {
  const warmScene = async () => {
    const scene = await openIssuer({ lifetimeSeconds: 86_400 });
    const verifier = coldVerifier(scene);
    const cached = scene.issuer.token();
    await verifier.verify(cached);
    return { ...scene, scene, verifier, cached };
  };

  test.each(['error500', 'reset', 'html', 'empty'] as const)(
    'with %s, tokens by known keys pass for an hour beyond the cache age, then are told 503',
    async (mode) => {
      const { clock, issuer, verifier, cached } = await warmScene();
      const loadedAt = clock.now();
      issuer.fail('jwks', mode);
      for (let age = 0; age < 4_200; age += 60) {
        clock.set(loadedAt + age * 1000);
        expect(await outcomeNow(verifier.verify(cached))).toBe('accepted');
        expect(await outcomeNow(verifier.verify(issuer.token()))).toBe('accepted');
      }
      clock.set(loadedAt + 4_199_999);
      expect(await outcomeOf(verifier.verify(cached))).toBe('accepted');
      clock.set(loadedAt + 4_200_000);
      expect(await outcomeOf(verifier.verify(cached))).toBe('503 jwks');
      expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('503 jwks');
      expect(verifier.health()).toMatchObject({ ready: false, issuers: [{ keys: { usable: false } }] });
    },
  );

  test('with a hanging issuer no token by a known key waits once the outage is known', async () => {
    const { clock, issuer, verifier, cached } = await warmScene();
    issuer.fail('jwks', 'hang');
    clock.advanceSeconds(500); // Refreshed ahead, in vain.
    for (let second = 500; second < 900; second += 1) {
      expect([second, await outcomeNow(verifier.verify(cached))]).toEqual([second, 'accepted']);
      clock.advanceSeconds(1);
    }
  });

  test('an unknown kid is told 503 and not 401, whether the keys are fresh or stale', async () => {
    const { clock, issuer, verifier } = await warmScene();
    issuer.fail('jwks', 'error500');
    for (const seconds of [0, 0, 3, 300, 400]) {
      clock.advanceSeconds(seconds);
      const [stray = ''] = strayTokens(issuer, 1);
      expect(await outcomeOf(verifier.verify(stray))).toBe('503 jwks');
    }
  });

  test('a bad token by a known key stays 401', async () => {
    const { clock, issuer, verifier } = await warmScene();
    issuer.fail('jwks', 'error500');
    clock.advanceSeconds(900);
    expect(await outcomeOf(verifier.verify(issuer.flaws.badSignature()))).toBe('401 bad_signature');
  });

  test('the last good keys stay when a refresh answers with a web page or with no key set', async () => {
    const { clock, issuer, verifier, cached } = await warmScene();
    issuer.fail('jwks', 'html');
    clock.advanceSeconds(481);
    expect(await outcomeOf(verifier.verify(cached))).toBe('accepted');
    await settle();
    expect(issuer.requests.jwks).toBe(2);
    issuer.recover();
    issuer.serveJwks({ keys: 'none' });
    clock.advanceSeconds(300);
    expect(await outcomeOf(verifier.verify(issuer.token()))).toBe('accepted');
    expect(verifier.health().issuers[0]?.keys).toMatchObject({ usable: true, count: 1 });
    expect(verifier.health().issuers[0]?.keys.lastError).toMatch(/not a JWK Set/);
  });
});
