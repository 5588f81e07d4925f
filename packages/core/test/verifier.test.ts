import { ConfigurationError, createVerifier, type IssuerOptions, type VerifierOptions } from '@connect-auth/core';
import { createFixedClock, createTestIssuer } from '@connect-auth/testing';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { outcomeOf, refused } from './errors/outcome.js';

const clock = createFixedClock();
const issuer = await createTestIssuer({ clock });
afterAll(() => issuer.close());
beforeEach(() => {
  issuer.recover();
  issuer.resetRequests();
});

const { introspection, ...local } = issuer.verifierOptions();
const localOptions: VerifierOptions = local;
const withMode = (mode: 'never' | 'fallback' | 'always') =>
  createVerifier(issuer.verifierOptions({ introspection: { ...introspection, mode } }));
const unavailable = 'IssuerUnavailableError 503 - introspection';

describe('live', () => {
  const token = issuer.token();

  test('asks the issuer each time, and finds out what local checks cannot know', async () => {
    const verifier = withMode('fallback');
    const revoked = issuer.token();
    await verifier.verify(revoked, { live: true });
    await verifier.verify(revoked, { live: true });
    expect(issuer.requests.introspection).toBe(2);
    issuer.revoke(revoked);
    expect(await outcomeOf(verifier.verify(revoked))).toBe('accepted');
    expect(await outcomeOf(verifier.verify(revoked, { live: true }))).toBe(refused('inactive'));
  });

  test('is what the mode `always` does unasked, and `never` only if asked', async () => {
    for (const [mode, plain, live] of [
      ['always', 1, 2],
      ['fallback', 0, 1],
      ['never', 0, 1],
    ] as const) {
      issuer.resetRequests();
      const verifier = withMode(mode);
      await verifier.verify(token);
      expect([mode, issuer.requests.introspection]).toEqual([mode, plain]);
      await verifier.verify(token, { live: true });
      expect([mode, issuer.requests.introspection]).toEqual([mode, live]);
    }
  });

  test('of an issuer that is out of reach: 503, and never a blind yes', async () => {
    const verifier = withMode('fallback');
    await verifier.verify(token);
    issuer.fail('introspection', 'refused');
    expect(await outcomeOf(verifier.verify(token, { live: true }))).toBe(unavailable);
    expect(await outcomeOf(withMode('always').verify(token))).toBe(unavailable);
  });

  test('where there is no introspection: ConfigurationError, on the first token and on a known one', async () => {
    const verifier = createVerifier(localOptions);
    for (let times = 0; times < 2; times += 1) {
      const attempt = verifier.verify(token, { live: true });
      await expect(attempt).rejects.toThrow(ConfigurationError);
      await expect(attempt).rejects.toMatchObject({ option: 'introspection' });
      expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
    }
  });

  test('does not ask about a token that local checks refuse', async () => {
    expect(await outcomeOf(withMode('fallback').verify(issuer.flaws.expired(), { live: true }))).toBe(
      refused('expired'),
    );
    expect(issuer.requests.introspection).toBe(0);
  });
});

describe('keys that cannot be had', () => {
  test('make a 503, or the issuer is asked about the token, whose own claims then count for nothing', async () => {
    issuer.fail('jwks', 'error500');
    expect(await outcomeOf(createVerifier(localOptions).verify(issuer.token()))).toBe(
      'IssuerUnavailableError 503 - jwks',
    );
    const auth = await withMode('fallback').verify(issuer.token({ scopes: ['admin'], claims: { role: 'admin' } }));
    expect([auth.verifiedBy, [...auth.scopes], auth.claims.role]).toEqual(['introspection', [], undefined]);
    expect(await outcomeOf(withMode('fallback').verify(issuer.token({ registered: false })))).toBe(refused('inactive'));
    expect(await outcomeOf(withMode('never').verify(issuer.token()))).toBe('IssuerUnavailableError 503 - jwks');
  });
});

describe('ready and health', () => {
  const options: IssuerOptions = { issuer: issuer.issuer, audience: null, keys: { cacheSeconds: 60, staleSeconds: 0 } };
  const { runtime } = issuer;

  test('before, after, when the keys are old, and when they cannot be had', async () => {
    const verifier = createVerifier({ ...options, runtime });
    const health = (ready: boolean, keys: object) => ({ ready, issuers: [{ issuer: issuer.issuer, keys }] });
    expect(verifier.health()).toEqual(health(false, { usable: false, count: 0 }));
    expect(issuer.requests.total).toBe(0);
    await verifier.ready();
    await verifier.ready();
    expect(issuer.requests.jwks).toBe(1);
    expect(verifier.health()).toEqual(health(true, { usable: true, count: 1, ageSeconds: 0 }));
    issuer.fail('all', 'error500');
    clock.advanceSeconds(60);
    await expect(verifier.ready()).rejects.toMatchObject({ status: 503, reason: 'jwks' });
    const lastError = expect.stringContaining('answered 500');
    expect(verifier.health()).toEqual(health(false, { usable: false, count: 1, ageSeconds: 60, lastError }));
  });

  test('introspection has its own line, and what it failed with', async () => {
    const verifier = withMode('always');
    expect(verifier.health().issuers[0]?.introspection).toEqual({ breaker: 'closed' });
    issuer.fail('introspection', 'error500');
    await outcomeOf(verifier.verify(issuer.token()));
    const [health] = verifier.health().issuers;
    expect(health?.introspection).toEqual({ breaker: 'closed', lastError: expect.stringContaining('answered 500') });
    expect([verifier.health().ready, health?.keys.usable]).toEqual([true, true]);
  });
});

describe('close', () => {
  test('ends fetches that are under way with a 503, and makes no more', async () => {
    const verifier = createVerifier(localOptions);
    const release = issuer.hold('jwks');
    const pending = outcomeOf(verifier.verify(issuer.token()));
    await issuer.whenInFlight('jwks');
    await verifier.close();
    expect(await pending).toBe('IssuerUnavailableError 503 - jwks');
    release();
    issuer.resetRequests();
    expect(await outcomeOf(verifier.verify(issuer.token()))).toMatch(/^IssuerUnavailableError 503/);
    await expect(verifier.ready()).rejects.toMatchObject({ status: 503 });
    expect(issuer.requests.total).toBe(0);
    await verifier.close();
  });
});

test('the verifier itself is frozen, and its functions need no `this`', async () => {
  const { verify, ...verifier } = createVerifier(localOptions);
  expect(await outcomeOf(verify(issuer.token()))).toBe('accepted');
  expect(() => Object.assign(createVerifier(localOptions), { verify: () => verifier })).toThrow(TypeError);
});
