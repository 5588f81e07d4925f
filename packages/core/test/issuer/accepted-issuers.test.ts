import { type AcceptedIssuer, createVerifier } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import { openIssuer, openVerifier } from './open-verifier.js';

test('verifier.issuers says what is accepted, defaults filled in, in the order of the options', () => {
  const { issuers } = createVerifier({
    issuers: [
      { issuer: 'https://acme.test', audience: 'a' },
      { issuer: 'https://globex.test', audience: ['b', 'c'], algorithms: ['ES256'], clockToleranceSeconds: 30 },
      { issuer: 'https://initech.test', audience: null, introspection: { clientId: 'id', clientSecret: 'secret' } },
    ],
  });
  const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
  expect(issuers).toEqual([
    { issuer: 'https://acme.test', audience: ['a'], algorithms, clockToleranceSeconds: 5 },
    { issuer: 'https://globex.test', audience: ['b', 'c'], algorithms: ['ES256'], clockToleranceSeconds: 30 },
    { issuer: 'https://initech.test', audience: null, algorithms, clockToleranceSeconds: 5 },
  ]);
});

test('it is frozen, and no way to widen what is accepted', async () => {
  const scene = await openIssuer();
  const { issuers, verify } = openVerifier(scene);
  const [accepted] = issuers as [AcceptedIssuer];
  const parts = [issuers, accepted, accepted.audience, accepted.algorithms];
  expect(parts.map((part) => typeof part === 'object' && Object.isFrozen(part))).toEqual([true, true, true, true]);
  expect(() => (accepted.audience as string[]).push('other')).toThrow(TypeError);
  await expect(verify(scene.issuer.flaws.wrongAudience())).rejects.toMatchObject({ reason: 'wrong_audience' });
});

test('a list of audiences that its owner changes later changes nothing', () => {
  const audience = ['a'];
  const { issuers } = createVerifier({ issuer: 'https://acme.test', audience });
  audience.push('b');
  expect(issuers[0]?.audience).toEqual(['a']);
});
