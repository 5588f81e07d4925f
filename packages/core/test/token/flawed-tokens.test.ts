import { createVerifier, type VerifierOptions } from '@connect-auth/core';
import { createFixedClock, createTestIssuer, flawNames, type TokenFlaw } from '@connect-auth/testing';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { outcomeOf, refused } from '../errors/outcome.js';

const clock = createFixedClock();
const issuer = await createTestIssuer({ clock });
afterAll(() => issuer.close());
beforeEach(() => issuer.resetRequests());

const { introspection, ...local } = issuer.verifierOptions();
const localOptions: VerifierOptions = local;
const withMode = (mode: 'fallback' | 'always') =>
  createVerifier(issuer.verifierOptions({ introspection: { ...introspection, mode } }));

describe('each flaw is refused for its own reason', () => {
  const reasons: Record<TokenFlaw, string> = {
    expired: 'expired',
    notYetValid: 'not_yet_valid (nbf)',
    issuedInFuture: 'not_yet_valid (iat)',
    wrongAudience: 'wrong_audience',
    missingAudience: 'missing_claim (aud)',
    wrongIssuer: 'wrong_issuer',
    missingIssuer: 'missing_claim (iss)',
    missingExpiry: 'missing_claim (exp)',
    textExpiry: 'invalid_claim (exp)',
    infiniteExpiry: 'invalid_claim (exp)',
    missingSubject: 'missing_claim (sub)',
    emptyOrg: 'invalid_claim (org_id)',
    scopeNotText: 'invalid_claim (scope)',
    unsigned: 'algorithm_not_allowed',
    emptySignature: 'bad_signature',
    tampered: 'bad_signature',
    badSignature: 'bad_signature',
    nonCanonical: 'malformed (base64url)',
    unknownKey: 'unknown_key',
    foreignKeySameKid: 'bad_signature',
    algConfusion: 'algorithm_not_allowed',
    algMismatch: 'unknown_key',
    criticalHeader: 'malformed (crit)',
    embeddedKey: 'bad_signature',
    remoteKey: 'bad_signature',
    idToken: 'wrong_type (ID token)',
    sessionToken: 'wrong_type (session token)',
    refreshTokenJwt: 'wrong_type (refresh token)',
    logoutToken: 'wrong_type (typ)',
    senderConstrainedDpop: 'sender_constraint',
    senderConstrainedCertificate: 'sender_constraint',
    encrypted: 'inactive',
    notJson: 'malformed (JSON)',
    arrayPayload: 'malformed (not an object)',
    garbage: 'inactive',
  };

  test.each(flawNames)('%s', async (flaw) => {
    // The issuer is asked about what is no JWS, and about nothing else: no check that failed is asked about.
    const asked = reasons[flaw] === 'inactive';
    const token = issuer.flaws[flaw]();
    expect(await outcomeOf(withMode('fallback').verify(token))).toBe(refused(reasons[flaw]));
    expect(issuer.requests.introspection).toBe(asked ? 1 : 0);
    const alone = asked ? 'malformed (not a JWT)' : reasons[flaw];
    expect(await outcomeOf(createVerifier(localOptions).verify(token))).toBe(refused(alone));
    expect(await outcomeOf(withMode('always').verify(token))).toBe(refused(reasons[flaw]));
  });
});
