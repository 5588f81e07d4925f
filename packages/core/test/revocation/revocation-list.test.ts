import { ConfigurationError, createVerifier, type JsonObject, type Revocation } from '@connect-auth/core';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { outcomeOf, refused } from '../errors/outcome.js';
import { openSigner, type Signer } from '../token/signer.js';

let signer: Signer;
let verify: (claims?: JsonObject) => Promise<string>;
let revoke: (revocation: Revocation) => Promise<void>;

beforeEach(async () => {
  signer = await openSigner();
  const verifier = createVerifier(signer.options);
  verify = (claims) => outcomeOf(verifier.verify(signer.sign({ payload: { ...signer.claims, ...claims } })));
  revoke = verifier.revoke;
});

const kinds: [revocation: Revocation, kind: string, claims: JsonObject][] = [
  [{ tokenId: 'x' }, 'tokenId', { jti: 'x' }],
  [{ orgId: 'x' }, 'orgId', { org_id: 'x' }],
  [{ clientId: 'x' }, 'clientId', { client_id: 'x' }],
  [{ clientId: 'x' }, 'clientId', { client_id: undefined, azp: 'x' }],
  [{ sid: 'x' }, 'sid', { sid: 'x' }],
  [{ subject: 'x' }, 'subject', { sub: 'x' }],
];

describe.each(kinds)('revoke(%j)', (revocation, kind, claims) => {
  const revoked = refused(`revoked (${kind})`);

  test('refuses its tokens at once, seen before or not, and no others: 401 revoked', async () => {
    expect(await verify(claims)).toBe('accepted');
    await revoke(revocation);
    expect(await verify(claims)).toBe(revoked);
    expect(await verify({ ...claims, extra: 'not seen before' })).toBe(revoked);
    expect(await verify()).toBe('accepted');
    const elsewhere = { jti: 'y', org_id: 'X', client_id: 'x ', sub: 'xx', sid: 'y', email: 'x', tenant: 'x' };
    expect(await verify(elsewhere)).toBe('accepted');
  });

  test('refuses what was issued before it or in its very second, and nothing issued later', async () => {
    await revoke(revocation);
    const { now } = signer;
    signer.clock.advanceSeconds(3);
    expect(await verify({ ...claims, iat: now - 60 })).toBe(revoked);
    expect(await verify({ ...claims, iat: now })).toBe(revoked);
    expect(await verify({ ...claims, iat: undefined })).toBe(revoked);
    // An id names one token: when that was issued does not matter.
    expect(await verify({ ...claims, iat: now + 1 })).toBe(kind === 'tokenId' ? revoked : 'accepted');
  });

  test('is remembered for a day, or for as long as it says', async () => {
    await revoke({ ...revocation, rememberSeconds: 100 });
    const longLived = { ...claims, exp: signer.now + 999_999 };
    signer.clock.advanceMs(99_999);
    expect(await verify(longLived)).toBe(revoked);
    signer.clock.advanceMs(1);
    expect(await verify(longLived)).toBe('accepted');
    await revoke({ ...revocation });
    signer.clock.advanceMs(86_399_999);
    expect(await verify(longLived)).toBe(revoked);
    signer.clock.advanceMs(1);
    expect(await verify(longLived)).toBe('accepted');
  });
});

test('a token that was issued within the very second of the revocation, by a clock with fractions, is refused', async () => {
  const iat = signer.now + 0.4;
  signer.clock.advanceMs(900);
  await revoke({ orgId: 'org_1' });
  expect(await verify({ iat })).toBe(refused('revoked (orgId)'));
});

test('`at` sets when it took place', async () => {
  const { now } = signer;
  await revoke({ orgId: 'org_1', at: now - 60 });
  expect(await verify({ iat: now - 60 })).toBe(refused('revoked (orgId)'));
  expect(await verify({ iat: now - 59 })).toBe('accepted');
});

test('of two revocations the later one counts, and the longer memory, in either order', async () => {
  const { now } = signer;
  await revoke({ orgId: 'org_1', at: now, rememberSeconds: 50 });
  await revoke({ orgId: 'org_1', at: now - 60, rememberSeconds: 200 });
  await revoke({ orgId: 'org_1', at: now - 30, rememberSeconds: 10 });
  signer.clock.advanceSeconds(199);
  expect(await verify({ iat: now })).toBe(refused('revoked (orgId)'));
  expect(await verify({ iat: now + 1 })).toBe('accepted');
});

test('a token that is revoked and expired is expired', async () => {
  await revoke({ tokenId: 'token_1' });
  signer.clock.advanceSeconds(305);
  expect(await verify()).toBe(refused('expired'));
});

describe('what does not name exactly one thing is refused: ConfigurationError', () => {
  test.each<[revocation: unknown]>(
    [
      {},
      { tokenId: '' },
      { tokenId: 7 },
      { tokenId: null },
      { tokenId: undefined },
      { tokenId: ['x'] },
      { tokenId: 'x', orgId: 'y' },
      { tokenId: 'x', orgId: undefined },
      { jti: 'x' },
      { userId: 'x' },
      Object.create({ tokenId: 'x' }),
      [],
      'x',
      7,
      undefined,
      null,
      { orgId: 'x', at: Number.NaN },
      { orgId: 'x', at: Number.POSITIVE_INFINITY },
      { orgId: 'x', at: '1767268800' },
      { orgId: 'x', at: null },
      { orgId: 'x', rememberSeconds: 0 },
      { orgId: 'x', rememberSeconds: -1 },
      { orgId: 'x', rememberSeconds: Number.NaN },
      { orgId: 'x', rememberSeconds: null },
      { orgId: 'x', rememberSeconds: '100' },
      { orgId: 'x', rememberSeconds: [100] },
    ].map((revocation) => [revocation]),
  )('%j', async (revocation) => {
    const attempt = revoke(revocation as Revocation);
    await expect(attempt).rejects.toThrow(ConfigurationError);
    await expect(attempt).rejects.toMatchObject({ option: 'revoke()' });
  });
});
