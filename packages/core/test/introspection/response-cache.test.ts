import type { BearerToken } from '@connect-auth/core';
import { createFixedClock } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import { ResponseCache, responseKey } from '../../src/introspection/response-cache.js';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';

async function openCaching(cacheSeconds?: number) {
  const scene = await openIssuer();
  const introspection = { ...credentialsOf(scene.issuer), ...(cacheSeconds !== undefined && { cacheSeconds }) };
  return { ...scene, verifier: openVerifier(scene, { introspection }) };
}

describe('a response that says active', () => {
  test('serves for 60 s and not a moment longer, though the token was revoked in the meantime', async () => {
    const { clock, issuer, verifier } = await openCaching();
    const token = issuer.opaqueToken();
    await verifier.verify(token);
    issuer.revoke(token);
    clock.advanceMs(59_999);
    expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
    expect(issuer.requests.introspection).toBe(1);
    clock.advanceMs(1);
    expect(await outcomeOf(verifier.verify(token))).toBe('401 inactive');
  });

  test('does not live longer by being used', async () => {
    const { clock, issuer, verifier } = await openCaching();
    const token = issuer.opaqueToken();
    for (let second = 0; second < 120; second += 10) {
      await verifier.verify(token);
      clock.advanceSeconds(10);
    }
    expect(issuer.requests.introspection).toBe(2);
  });

  test('never serves past the end of the token', async () => {
    const { clock, issuer, verifier } = await openCaching();
    const token = issuer.opaqueToken({ lifetimeSeconds: 20 });
    await verifier.verify(token);
    clock.advanceMs(19_999);
    expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
    expect(issuer.requests.introspection).toBe(1);
    clock.advanceMs(1);
    expect(await outcomeOf(verifier.verify(token))).toBe('401 inactive');
    expect(issuer.requests.introspection).toBe(2);
  });

  test.each([
    [0, 0, 2],
    [10, 9, 1],
    [10, 10, 2],
  ])('with cacheSeconds %i, after %i s has cost %i calls', async (cacheSeconds, waited, calls) => {
    const { clock, issuer, verifier } = await openCaching(cacheSeconds);
    const token = issuer.opaqueToken();
    await verifier.verify(token);
    clock.advanceSeconds(waited);
    await verifier.verify(token);
    expect(issuer.requests.introspection).toBe(calls);
  });

  test('is passed over live, and what the live response says counts from then on', async () => {
    const { issuer, verifier } = await openCaching();
    const token = issuer.opaqueToken();
    await verifier.verify(token);
    issuer.revoke(token);
    expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
    expect(await outcomeOf(verifier.verify(token, { live: true }))).toBe('401 inactive');
    expect(await outcomeOf(verifier.verify(token))).toBe('401 inactive');
    expect(issuer.requests.introspection).toBe(2);
  });
});

describe('a response that says inactive', () => {
  test.each([false, true])('serves for 5 s, with live %s', async (live) => {
    const { clock, issuer, verifier } = await openCaching();
    const introspect = () => outcomeOf(verifier.verify('no-such-token', { live }));
    expect(await introspect()).toBe('401 inactive');
    clock.advanceMs(4_999);
    expect(await introspect()).toBe('401 inactive');
    expect(issuer.requests.introspection).toBe(1);
    clock.advanceMs(1);
    expect(await introspect()).toBe('401 inactive');
    expect(issuer.requests.introspection).toBe(2);
  });
});

test('no response is not remembered', async () => {
  const { issuer, verifier } = await openCaching();
  const token = issuer.opaqueToken();
  issuer.fail('introspection', 'error500');
  expect(await outcomeOf(verifier.verify(token))).toBe('503 introspection');
  issuer.recover();
  expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
});

test('at most 10,000 answers are kept, however many tokens come', () => {
  const { now } = createFixedClock();
  const cache = new ResponseCache(60, now, undefined);
  const exp = now() / 1000 + 300;
  const keys = Array.from({ length: 25_000 }, (_, at) => `key_${at}`);
  for (const [at, key] of keys.entries()) cache.set(key, at % 2 ? { active: true, exp } : { active: false });
  // From the newest on: a look-up of an old one would keep it in place of another.
  const kept = keys.toReversed().filter((key) => cache.get(key) !== undefined).length;
  expect(kept).toBeGreaterThan(4_000);
  expect(kept).toBeLessThanOrEqual(10_000);
});

test('the key of a response is a hash that differs by token and by issuer', () => {
  const key = (issuer: string, token: string) => responseKey(issuer, token as BearerToken);
  expect(key('https://a.test', 'token')).toMatch(/^[\w-]{43}$/);
  const keys = [key('https://a.test', 'token'), key('https://b.test', 'token'), key('https://a.test', 'token2')];
  expect(new Set(keys).size).toBe(3);
  expect(key('https://a.test', 'token')).toBe(keys[0]);
});
