import { describe, expect, test } from '@jest/globals';
import { openObserved } from './observed-verifier.js';
import { outcomeOf } from './outcome.js';

test('a token is checked once, and gives the same frozen Auth each time', async () => {
  const { issuer, verifier, isRemembered } = await openObserved();
  const token = issuer.token();
  const auth = await verifier.verify(token);
  expect(await isRemembered(token)).toBe(true);
  expect(await verifier.verify(token)).toBe(auth);
  expect(Object.isFrozen(auth)).toBe(true);
});

test('null remembers nothing', async () => {
  const { issuer, isRemembered } = await openObserved(null);
  const token = issuer.token();
  expect([await isRemembered(token), await isRemembered(token)]).toEqual([false, false]);
});

test('a remembered token ends at its time, the tolerance included', async () => {
  const { clock, issuer, verifier } = await openObserved();
  const token = issuer.token({ lifetimeSeconds: 300 });
  await verifier.verify(token);
  clock.advanceSeconds(304);
  expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
  clock.advanceSeconds(1);
  expect(await outcomeOf(verifier.verify(token))).toBe('401 expired');
});

test('a token that differs in one character is another token', async () => {
  const { issuer, verifier } = await openObserved();
  const token = issuer.token();
  await verifier.verify(token);
  for (const other of [`${token}A`, `${token}=`, token.slice(0, -1), token.toUpperCase(), ` ${token}`]) {
    expect(await outcomeOf(verifier.verify(other))).toMatch(/^401 /);
  }
});

test('a hit fetches nothing', async () => {
  const { issuer, verifier } = await openObserved();
  const token = issuer.token();
  await verifier.verify(token);
  issuer.resetRequests();
  await issuer.stop();
  expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
  expect(issuer.requests.total).toBe(0);
});

test('close() forgets what was remembered', async () => {
  const { issuer, verifier } = await openObserved();
  const token = issuer.token();
  await verifier.verify(token);
  await verifier.close();
  expect(verifier.recall(token)).toBeUndefined();
  await expect(verifier.verify(token)).rejects.toMatchObject({ status: 503 });
});

describe('R11: the memory', () => {
  test('holds at most maxEntries of 4,000 good tokens, and the newest of them', async () => {
    const { issuer, isRemembered } = await openObserved({ maxEntries: 1_000 });
    const tokens = Array.from({ length: 4_000 }, () => issuer.token({ registered: false }));
    for (const token of tokens) await isRemembered(token);
    let remembered = 0;
    for (const token of tokens.toReversed().slice(0, 500)) remembered += Number(await isRemembered(token));
    expect(remembered).toBe(500);
    let old = 0;
    for (const token of tokens.slice(0, 3_000)) old += Number(await isRemembered(token));
    expect(old).toBe(0);
  }, 30_000);

  test('after 20,000 tokens, every other bad, holds at most 10,000, and no bad one', async () => {
    const { issuer, verifier, isRemembered } = await openObserved();
    const good = Array.from({ length: 10_500 }, () => issuer.token({ registered: false }));
    for (const [at, token] of good.entries()) {
      await verifier.verify(token);
      if (at >= 9_500) continue;
      const forged = `${token.slice(0, token.lastIndexOf('.'))}${(good[at + 1] ?? '').slice(token.lastIndexOf('.'))}`;
      expect(await outcomeOf(verifier.verify(forged))).toBe('401 bad_signature');
    }
    let remembered = 0;
    for (const token of good.toReversed()) remembered += Number(await isRemembered(token));
    expect(remembered).toBeGreaterThanOrEqual(5_000);
    expect(remembered).toBeLessThanOrEqual(10_000);
  }, 30_000);
});
