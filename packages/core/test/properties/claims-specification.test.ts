import { createVerifier, type JsonObject } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { outcomeOf } from '../errors/outcome.js';
import { openSigner } from '../token/signer.js';
import { seed, seeded } from './seeded.js';

const signer = await openSigner();
const { now, issuer, claims } = signer;
const tolerance = 5;
const maxAge = 400;

/** What an access token has to be, said a second time and in another way than the sources say it. */
function isGood(text: string): boolean {
  const own = new Map<string, unknown>(Object.entries(JSON.parse(text)));
  const has = (name: string) => own.get(name) !== undefined;
  const isText = (value: unknown) => typeof value === 'string' && value.length > 0;
  const isTime = (value: unknown) => typeof value === 'number' && Math.abs(value) <= Number.MAX_VALUE;
  const isTexts = (value: unknown) => [value].flat().every((member) => typeof member === 'string') && !isDeep(value);
  const isDeep = (value: unknown) => Array.isArray(value) && value.some(Array.isArray);
  const optional = (names: string[], test: (value: unknown) => boolean) =>
    names.every((name) => !has(name) || test(own.get(name)));
  const within = (name: string, from: number, to: number) =>
    (own.get(name) as number) > from && (own.get(name) as number) <= to;
  return (
    own.get('iss') === issuer.issuer &&
    isText(own.get('sub')) &&
    optional(['jti', 'client_id', 'azp', 'org_id', 'sid'], isText) &&
    isTime(own.get('exp')) &&
    within('exp', now - tolerance, Number.MAX_VALUE) &&
    isTime(own.get('iat')) &&
    within('iat', now - maxAge - tolerance, now + tolerance) &&
    optional(['nbf'], (nbf) => isTime(nbf) && (nbf as number) <= now + tolerance) &&
    has('aud') &&
    isTexts(own.get('aud')) &&
    [own.get('aud')].flat().includes(issuer.audience) &&
    optional(['scope'], isTexts) &&
    has('tenant') &&
    own.get('tenant') !== null &&
    !['nonce', 'at_hash', 'c_hash', 's_hash', 'events', 'cnf'].some(has) &&
    optional(['sid'], (sid) => !(sid as string).startsWith('session_')) &&
    optional(['token_use'], (use) => use === 'access') &&
    optional(['typ'], (typ) => ['Bearer', 'JWT', 'at+jwt'].includes(typ as string)) &&
    optional(['token_type'], (type) => ['Bearer', 'bearer', 'access_token'].includes(type as string))
  );
}

/** JSON text of one member's value: right, nearly right, or anything. Numbers as text, so that 1e999 is among them. */
const anyJson = fc.oneof(
  fc.constantFrom('null', '""', '[]', '{}', 'true', '0', '-0', '1e999', '-1e999', '1e308'),
  fc.json(),
);
const time = fc.oneof(
  fc.constantFrom(-406, -405, -404, -6, -5, -4, 4, 5, 6).map((offset) => `${now + offset}`),
  fc.integer({ min: -410, max: 10 }).map((offset) => `${now + offset}`),
  fc.constantFrom(`${now}.5`, `${now}e0`, `"${now}"`, `[${now}]`, '1e-400', '99999999999999999999'),
);
const texts = fc.constantFrom(
  issuer.issuer,
  issuer.audience,
  'session_1',
  'x',
  'access',
  'Bearer',
  'JWT',
  'at+jwt',
  'bearer',
);
const list = fc.array(fc.oneof(texts, fc.constantFrom(null, 7, ['x'])), { maxLength: 3 });
const text = fc.oneof(texts, list).map((value) => JSON.stringify(value));
const value = fc.oneof(time, text, anyJson);
const marks = [
  'nonce',
  'at_hash',
  'events',
  'cnf',
  'token_use',
  'typ',
  'token_type',
  '__proto__',
  'constructor',
  'toString',
];
const name = fc.constantFrom(...Object.keys(claims), 'nbf', 'sid', 'azp', 'tenant', ...marks);
const timeChange = fc.tuple(fc.constantFrom('exp', 'iat', 'nbf'), time);
const textChange = fc.tuple(fc.constantFrom('aud', 'scope', 'sid', 'typ', 'token_type', 'token_use'), text);
const changes = fc.array(fc.oneof(timeChange, textChange, fc.tuple(name, value)), { maxLength: 3 });
const omitted = fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, name);

function write(good: JsonObject, changed: [string, string][], left: string | undefined): string {
  const members = new Map(Object.entries(good).map(([key, member]) => [key, JSON.stringify(member)]));
  for (const [key, member] of changed) members.set(key, member);
  if (left !== undefined) members.delete(left);
  return `{${[...members].map(([key, member]) => `${JSON.stringify(key)}:${member}`).join()}}`;
}

test(`claims are accepted if and only if the specification says so (seed ${seed})`, async () => {
  const options = { requiredClaims: ['tenant'], maxAgeSeconds: maxAge, clockToleranceSeconds: tolerance };
  const verifier = createVerifier({ ...signer.options, ...options, profile: 'standard', tokenCache: null });
  const good = { ...claims, tenant: 't' };
  const counts = { accepted: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(changes, omitted, async (changed, left) => {
      const payload = write(good, changed, left);
      const outcome = await outcomeOf(verifier.verify(signer.sign({ payload })));
      expect([payload, outcome === 'accepted']).toEqual([payload, isGood(payload)]);
      counts[outcome === 'accepted' ? 'accepted' : 'refused'] += 1;
    }),
    { ...seeded, numRuns: 3_000 },
  );
  // Neither side of the property is empty.
  expect(counts.accepted).toBeGreaterThan(500);
  expect(counts.refused).toBeGreaterThan(500);
});
