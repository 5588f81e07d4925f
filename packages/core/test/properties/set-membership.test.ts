import { createVerifier, hasAnyScope, hasScopes } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openSigner } from '../token/signer.js';
import { seed, seeded } from './seeded.js';

const signer = await openSigner();
const verifier = createVerifier({ ...signer.options, tokenCache: null });
const { sign, claims } = signer;

/** Few names, so that they meet; close to each other, so that a comparison that is not exact shows. */
const name = fc.oneof(
  fc.constantFrom('a', 'A', 'aa', 'a:b', 'a:*', '*', 'a.b', '.', '.*', '__proto__', 'toString', 'a/', '/a'),
  fc.string({ unit: fc.constantFrom('a', 'b', ':'), minLength: 1, maxLength: 3 }),
);
const names = fc.array(name, { maxLength: 4 });

test(`a scope is granted if and only if it is a member of the claim (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(names, names, fc.boolean(), fc.constantFrom(' ', '  '), async (granted, asked, asList, space) => {
      const auth = await verifier.verify(
        sign({ payload: { ...claims, scope: asList ? granted : granted.join(space) } }),
      );
      const common = asked.filter((scope) => granted.indexOf(scope) >= 0);
      expect(new Set(auth.scopes)).toEqual(new Set(granted));
      expect(hasScopes(auth, ...asked)).toBe(asked.length > 0 && common.length === asked.length);
      expect(hasAnyScope(auth, ...asked)).toBe(common.length > 0);
    }),
    seeded,
  );
});

test(`an audience fits if and only if the two sets meet (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      names,
      fc.array(name, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (aud, audience, alone) => {
        const own = alone ? (audience[0] as string) : audience;
        const single = alone && aud.length === 1 ? aud[0] : aud;
        const fits = aud.some((member) => [own].flat().indexOf(member) >= 0);
        const outcome = createVerifier({ ...signer.options, audience: own }).verify(
          sign({ payload: { ...claims, aud: single } }),
        );
        if (fits) await expect(outcome).resolves.toMatchObject({ subject: 'user_1' });
        else await expect(outcome).rejects.toMatchObject({ status: 401, reason: 'wrong_audience' });
      },
    ),
    { ...seeded, numRuns: 500 },
  );
});
