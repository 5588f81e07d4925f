import { ConfigurationError } from '@connect-auth/core';
import { runWithAuth } from '@connect-auth/core/adapter';
import { OrgContextError, type OrgKeyPart, orgKey, withOrg } from '@connect-auth/isolation';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openAuths } from '../../../audit/test/verified-auth.js';

const auths = await openAuths();
afterAll(auths.close);

const seed = Number(process.env.FC_SEED ?? 20_260_101);
const keyIn = (org: string, ...parts: readonly OrgKeyPart[]) => withOrg(org, async () => orgKey(...parts));

test('starts with the organization of the frame, or of the caller', async () => {
  expect(await keyIn('org_a', 'report', 7, 7n, true)).toBe('org:org_a:report:7:7:true');
  const auth = await auths.client('org_b');
  expect(runWithAuth(auth, () => orgKey())).toBe('org:org_b');
});

test('without an organization there is no key', () => {
  expect(() => orgKey('report')).toThrow(new OrgContextError('org_context_missing'));
});

test.each([[undefined], [null], [Number.NaN], [Number.POSITIVE_INFINITY], [{}], [['a']], [Symbol.iterator]])(
  'is not made of %p',
  async (part) => {
    await expect(keyIn('org_a', 'report', part as never)).rejects.toThrow(ConfigurationError);
  },
);

// What an attacker would put into a part: separators, escapes, prefixes of other keys, half surrogates.
const part = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(':', '%', '0', '3', 'a', 'u', '\ud800', '\udc00', 'o', 'r', 'g', '') }),
);
const orgId = fc.string({ unit: fc.constantFrom('a', ':', '%', '0', '3'), minLength: 1, maxLength: 6 });

test(`two keys are the same for the same organization and parts only (seed ${seed})`, async () => {
  const what = fc.tuple(orgId, fc.array(part, { maxLength: 3 }));
  await fc.assert(
    fc.asyncProperty(what, what, async ([orgA, a], [orgB, b]) => {
      const [one, two] = [await keyIn(orgA, ...a), await keyIn(orgB, ...b)];
      const isSame = JSON.stringify([orgA, a]) === JSON.stringify([orgB, b]);
      // As a store sees them: in UTF-8.
      return Buffer.from(one).equals(Buffer.from(two)) === isSame && !/\p{Surrogate}/u.test(one);
    }),
    { seed, numRuns: 2_000 },
  );
});

test('parts that only look alike make different keys', async () => {
  const alike: readonly (readonly [string, ...OrgKeyPart[]])[] = [
    ['a', 'b', 'c'],
    ['a', 'b:c'],
    ['a:b', 'c'],
    ['a', 'b%003ac'],
    ['a', 'b', '', 'c'],
    ['a', 'b', 'c', ''],
    ['a', 'b\ud800', 'c'],
    ['a', 'b\ud801', 'c'],
    ['a', 'b\ufffd', 'c'],
  ];
  const keys = await Promise.all(alike.map(([org, ...parts]) => keyIn(org, ...parts)));
  expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(alike.length);
});
