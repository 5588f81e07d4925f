import { createVerifier } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { outcomeOf, refused } from '../errors/outcome.js';
import { openClaims } from './open-claims.js';

const { now, outcome, ...signer } = await openClaims();
const accepted = 'accepted';
const expired = refused('expired');
const tooOld = refused('expired (maxAgeSeconds)');

// Of each pair of neighbours one is let through and one is not.
describe.each([0, 5, 300])('with a tolerance of %d s', (tolerance) => {
  const options = { clockToleranceSeconds: tolerance };

  test('exp: over at the very second it names', async () => {
    expect(await outcome({ exp: now - tolerance + 1 }, options)).toBe(accepted);
    expect(await outcome({ exp: now - tolerance }, options)).toBe(expired);
    expect(await outcome({ exp: now - tolerance - 1 }, options)).toBe(expired);
  });

  test('nbf: good from the very second it names', async () => {
    expect(await outcome({ nbf: now + tolerance }, options)).toBe(accepted);
    expect(await outcome({ nbf: now + tolerance + 1 }, options)).toBe(refused('not_yet_valid (nbf)'));
  });

  test('iat: not from the future', async () => {
    expect(await outcome({ iat: now + tolerance, exp: now + 900 }, options)).toBe(accepted);
    expect(await outcome({ iat: now + tolerance + 1, exp: now + 900 }, options)).toBe(refused('not_yet_valid (iat)'));
  });

  test('maxAgeSeconds: too old at the very second it is reached, whatever exp says', async () => {
    const aged = { ...options, maxAgeSeconds: 60 };
    expect(await outcome({ iat: now - 60 - tolerance + 1 }, aged)).toBe(accepted);
    expect(await outcome({ iat: now - 60 - tolerance }, aged)).toBe(tooOld);
    expect(await outcome({ iat: now - 60 - tolerance }, options)).toBe(accepted);
    expect(await outcome({ iat: now, exp: now - tolerance }, aged)).toBe(expired);
  });
});

test('the tolerance is 5 s by default', async () => {
  expect(await outcome({ exp: now - 4 })).toBe(accepted);
  expect(await outcome({ exp: now - 5 })).toBe(expired);
});

test('maxAgeSeconds makes iat a claim that must be there', async () => {
  expect(await outcome({ iat: undefined })).toBe(accepted);
  expect(await outcome({ iat: undefined }, { maxAgeSeconds: 60 })).toBe(refused('missing_claim (iat)'));
});

test('times with a fraction are compared as they are', async () => {
  const options = { clockToleranceSeconds: 0 };
  expect(await outcome({ exp: now + 0.5 }, options)).toBe(accepted);
  expect(await outcome({ exp: now - 0.5 }, options)).toBe(expired);
  expect(await outcome({ nbf: now + 0.5 }, options)).toBe(refused('not_yet_valid (nbf)'));
});

test.each([-1, 0, -1e300, 1e-300])('an exp of %p is long past: 401 expired', async (exp) => {
  expect(await outcome({ exp })).toBe(expired);
});

test('a token that was accepted ends at the same second as one that was not seen before', async () => {
  const token = signer.sign({ payload: { ...signer.claims, exp: now + 10 } });
  const old = signer.sign({ payload: { ...signer.claims, jti: 'old', iat: now - 45 } });
  const [seen, aged] = [createVerifier(signer.options), createVerifier({ ...signer.options, maxAgeSeconds: 60 })];
  await Promise.all([seen.verify(token), aged.verify(old)]);
  signer.clock.advanceMs(14_999);
  expect(await outcomeOf(seen.verify(token))).toBe(accepted);
  signer.clock.advanceMs(1);
  expect(await outcomeOf(seen.verify(token))).toBe(expired);
  signer.clock.advanceMs(4_999);
  expect(await outcomeOf(aged.verify(old))).toBe(accepted);
  signer.clock.advanceMs(1);
  expect(await outcomeOf(aged.verify(old))).toBe(tooOld);
});
