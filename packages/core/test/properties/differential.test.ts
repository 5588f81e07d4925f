import { createVerifier } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { outcomeOf } from '../errors/outcome.js';
import { openSigner } from '../token/signer.js';
import { seed, seeded } from './seeded.js';

const signer = await openSigner();
const { issuer, clock, now, kid, claims } = signer;
const published = await issuer.runtime.fetch(`${issuer.issuer}/oauth2/jwks`, {});
const jwks = createLocalJWKSet((await published.json()) as JSONWebKeySet);

/** The strictest that jose can be told to be. */
const byJose = (token: string): Promise<boolean> =>
  jwtVerify(token, jwks, {
    algorithms: ['ES256'],
    issuer: issuer.issuer,
    audience: issuer.audience,
    requiredClaims: ['exp', 'iss', 'sub', 'aud'],
    clockTolerance: 5,
    currentDate: new Date(clock.now()),
  }).then(
    () => true,
    () => false,
  );

const offset = fc.oneof(fc.constantFrom(-6, -5, -4, 0, 4, 5, 6), fc.integer({ min: -1000, max: 1000 }));
const odd = fc.constantFrom<unknown>(null, '', 0, -1, true, [], {}, 'x', `${now}`, 1e300, 0.5, ['x'], [null]);
const claim = fc.oneof(
  fc.tuple(
    fc.constantFrom('exp', 'nbf', 'iat'),
    fc.oneof(
      offset.map((seconds) => now + seconds),
      odd,
    ),
  ),
  fc.tuple(
    fc.constant('aud'),
    fc.oneof(fc.constantFrom<unknown>([issuer.audience], ['x', issuer.audience], 'x', ['x']), odd),
  ),
  fc.tuple(fc.constant('iss'), fc.oneof(fc.constantFrom<unknown>(`${issuer.issuer}/`, [issuer.issuer]), odd)),
  fc.tuple(fc.constantFrom('sub', 'jti', 'scope', 'org_id', 'tenant', '__proto__'), odd),
);
const headerMember = fc.oneof(
  fc.tuple(fc.constant('alg'), fc.oneof(fc.constantFrom<unknown>('none', 'HS256', 'RS256', 'ES384', 'es256'), odd)),
  fc.tuple(fc.constant('kid'), fc.oneof(fc.constantFrom<unknown>('other', undefined), odd)),
  fc.tuple(fc.constant('typ'), fc.oneof(fc.constantFrom<unknown>('JWT', 'at+jwt', 'logout+jwt'), odd)),
  fc.tuple(fc.constant('crit'), fc.oneof(fc.constantFrom<unknown>(['b64'], ['exp'], ['x']), odd)),
  fc.tuple(fc.constantFrom('b64', 'jwk', 'jku', 'x5c', 'x', '__proto__'), odd),
);
const rarely = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 3 });
const deviation = fc.record({
  claims: fc.array(claim, { maxLength: 2 }),
  header: fc.array(headerMember, { maxLength: 1 }),
  omit: rarely(fc.constantFrom(...Object.keys(claims))),
  stranger: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  ending: fc.oneof({ weight: 12, arbitrary: fc.constant('') }, fc.constantFrom('=', '.', 'A', ' ', '\n')),
});

test(`what jose refuses is refused here (seed ${seed})`, async () => {
  const verifier = createVerifier({ ...signer.options, algorithms: ['ES256'], clockToleranceSeconds: 5 });
  const counts = { both: 0, onlyJose: 0, neither: 0 };
  await fc.assert(
    fc.asyncProperty(deviation, async ({ claims: changed, header, omit, stranger, ending }) => {
      // fromEntries defines members: one named __proto__ is written, too.
      const payload = Object.fromEntries([...Object.entries(claims), ...changed].filter(([name]) => name !== omit));
      const parts = { header: Object.fromEntries([['alg', 'ES256'], ['kid', kid], ...header]), payload };
      const token = (stranger ? signer.signAsStranger(parts) : signer.sign(parts)) + ending;
      const [jose, own] = [await byJose(token), (await outcomeOf(verifier.verify(token))) === 'accepted'];
      expect([parts, { jose, own }]).not.toEqual([parts, { jose: false, own: true }]);
      counts[own ? 'both' : jose ? 'onlyJose' : 'neither'] += 1;
    }),
    { ...seeded, numRuns: 2_000 },
  );
  // None of the three kinds is missing from what was compared.
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(100);
});
