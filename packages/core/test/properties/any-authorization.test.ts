import { createVerifier, extractToken, isAuthError } from '@connect-auth/core';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodePart, openSigner } from '../token/signer.js';
import { seed, seeded } from './seeded.js';

const signer = await openSigner();
const { introspection: _, ...options } = signer.issuer.verifierOptions();
const good = signer.sign();

/** From noise to nearly a token. */
const part = fc.oneof(
  fc.constantFrom(...good.split('.'), '', 'e30', encodePart('null'), encodePart('[]')),
  fc.base64String().map((text) => text.replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_')),
  fc.json().map(encodePart),
  fc.string({ unit: 'binary' }),
);
const jwtLike = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.'));
const scheme = fc.constantFrom('Bearer ', 'bearer ', 'Bearer', 'Bearer\t', 'Basic ', '', ' ', 'Bearer Bearer ');
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.tuple(scheme, fc.oneof(jwtLike, fc.string({ unit: 'binary' }), fc.constant(good))).map(([a, b]) => a + b),
);

test(`any Authorization header is answered by an Auth or an AuthError, never by another error (seed ${seed})`, async () => {
  const verifiers = [createVerifier(options), createVerifier(signer.options)];
  const accepted: string[] = [];
  await fc.assert(
    fc.asyncProperty(value, fc.constantFrom('/', '/?access_token=x', '/?%'), async (authorization, url) => {
      for (const verifier of verifiers) {
        for (const head of [
          { headers: { authorization }, url },
          { headers: {}, rawHeaders: ['authorization', authorization] },
        ]) {
          const outcome = await (async () => verifier.verify(extractToken(head)))().catch((error: unknown) => error);
          if (isAuthError(outcome)) expect([400, 401, 403, 503]).toContain(outcome.status);
          else accepted.push((outcome as { token: string }).token);
        }
      }
    }),
    seeded,
  );
  expect(new Set(accepted)).toEqual(new Set([good]));
});

test(`any text is answered by verify in the same way (seed ${seed})`, async () => {
  const verifier = createVerifier(options);
  await fc.assert(
    fc.asyncProperty(fc.oneof(jwtLike, fc.string({ unit: 'binary' }), fc.anything()), async (token) => {
      fc.pre(token !== good);
      const outcome = await verifier.verify(token as string).catch((error: unknown) => error);
      expect([isAuthError(outcome), (outcome as { status?: number }).status]).toEqual([true, 401]);
    }),
    seeded,
  );
});
