import { flawNames } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';
import { strayTokens } from '../keys/stray-tokens.js';

/** A verifier with introspection and with keys: only its own decision keeps it from introspecting. */
async function openIntrospecting(mode: 'fallback' | 'always') {
  const scene = await openIssuer();
  const verifier = openVerifier(scene, { introspection: { ...credentialsOf(scene.issuer), mode } });
  await verifier.ready();
  return { ...scene, verifier };
}

describe.each(['fallback', 'always'] as const)(
  'in mode %s, no token is introspected after a check that failed',
  (mode) => {
    test.each(flawNames)('%s', async (flaw) => {
      const { issuer, verifier } = await openIntrospecting(mode);
      const token = issuer.flaws[flaw]();
      expect(await outcomeOf(verifier.verify(token))).toMatch(/^401 /);
      expect(await outcomeOf(verifier.verify(token, { live: true }))).toMatch(/^401 /);
      // A text without the two dots of a JWT is opaque: only the issuer can tell.
      if (token.split('.').length === 3) expect(issuer.requests.introspection).toBe(0);
    });

    test('a kid that a JWKS in reach does not have, also between two fetches', async () => {
      const { issuer, verifier } = await openIntrospecting(mode);
      for (const stray of strayTokens(issuer, 3)) {
        expect(await outcomeOf(verifier.verify(stray))).toBe('401 unknown_key');
      }
      expect(issuer.requests.introspection).toBe(0);
    });

    test('a key that the issuer withdrew, though the token is still active there', async () => {
      const { clock, issuer, verifier } = await openIntrospecting(mode);
      const old = issuer.keys.current;
      const token = issuer.token({ lifetimeSeconds: 7_200 });
      issuer.keys.rotate();
      issuer.keys.withdraw(old);
      clock.advanceSeconds(605);
      expect(await outcomeOf(verifier.verify(token))).toBe('401 unknown_key');
      expect(issuer.requests.introspection).toBe(0);
    });
  },
);

test('a token that the issuer would call active is refused all the same after a bad signature', async () => {
  const { issuer, verifier } = await openIntrospecting('fallback');
  const other = issuer.keys.prepare();
  const forged = issuer.token({ key: other, header: { kid: issuer.keys.current } }); // Registered: active if asked.
  expect(await outcomeOf(verifier.verify(forged))).toBe('401 bad_signature');
  expect(issuer.requests.introspection).toBe(0);
});

test('a token that was revoked here is not introspected', async () => {
  const { issuer, verifier } = await openIntrospecting('fallback');
  await verifier.revoke({ tokenId: 'token_1' });
  expect(await outcomeOf(verifier.verify(issuer.token({ claims: { jti: 'token_1' } })))).toBe('401 revoked');
  expect(issuer.requests.introspection).toBe(0);
});
