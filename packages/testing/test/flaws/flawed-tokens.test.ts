import { describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { createFixedClock, flawNames, type TestIssuer, type TokenFlaw } from '../../src/index.js';
import { introspect, openIssuer } from '../open-issuer.js';

/** What jose lets through with every option that fits a Connect token switched on, and why. */
const acceptedByJose: Partial<Record<TokenFlaw, string>> = {
  infiniteExpiry: 'Infinity is a number, and later than any time',
  emptyOrg: 'org_id is no registered claim',
  scopeNotText: 'scope is not looked at',
  nonCanonical: 'base64url is decoded leniently, and the bytes are the same',
  idToken: 'it has every claim that is asked for; only nonce tells it apart',
  sessionToken: 'sid is not looked at',
  refreshTokenJwt: 'token_type is not looked at',
  logoutToken: 'typ is not asked for, because Connect sends none',
  senderConstrainedDpop: 'cnf is not looked at',
  senderConstrainedCertificate: 'cnf is not looked at',
};

const clock = createFixedClock();

function verifyStrictly(issuer: TestIssuer, token: string, algorithm: string) {
  return jwtVerify(token, createLocalJWKSet(issuer.keys.jwks()), {
    issuer: issuer.issuer,
    audience: issuer.audience,
    algorithms: [algorithm],
    requiredClaims: ['exp', 'iat', 'sub'],
    maxTokenAge: '10 minutes',
    currentDate: new Date(clock.now()),
  });
}

describe.each(['RS256', 'ES256', 'EdDSA'] as const)('%s', (algorithm) => {
  test.each(flawNames)('%s', async (flaw) => {
    const issuer = await openIssuer({ algorithm, clock });
    const token = issuer.flaws[flaw]();
    const verification = verifyStrictly(issuer, token, algorithm);
    if (acceptedByJose[flaw] === undefined) await expect(verification).rejects.toThrow();
    else await verification;
    expect(await introspect(issuer, token)).toEqual({ active: false });
    await verifyStrictly(issuer, issuer.token(), algorithm);
  });
});

test('each call makes a new token, but for the one that is a constant', async () => {
  const { flaws } = await openIssuer();
  expect(flawNames).toHaveLength(Object.keys(flaws).length);
  const constant = flawNames.filter((flaw) => new Set([flaws[flaw](), flaws[flaw]()]).size === 1);
  expect(constant).toEqual(['garbage']);
});

test('flaws that are close calls are as close as they claim', async () => {
  const issuer = await openIssuer({ algorithm: 'RS256', clock });
  const { flaws, keys } = issuer;
  expect(decodeProtectedHeader(flaws.foreignKeySameKid()).kid).toBe(keys.current);
  expect(decodeProtectedHeader(flaws.unknownKey()).kid).not.toBe(keys.current);
  expect(decodeProtectedHeader(flaws.algMismatch()).alg).toBe('PS256');
  expect(decodeJwt(flaws.infiniteExpiry()).exp).toBe(Number.POSITIVE_INFINITY);
  expect(flaws.encrypted().split('.')).toHaveLength(5);

  // The signature of a token with a second spelling is the right one, byte for byte.
  const signature = flaws.nonCanonical().split('.')[2] ?? '';
  expect(Buffer.from(signature, 'base64url').toString('base64url')).not.toBe(signature);

  // The PS256 signature is true, so that only the key's alg speaks against it.
  const { alg: _, ...withoutAlg } = keys.jwks().keys[0] ?? { alg: '', kty: '' };
  await jwtVerify(flaws.algMismatch(), createLocalJWKSet({ keys: [withoutAlg] }), {
    currentDate: new Date(clock.now()),
  });
});
