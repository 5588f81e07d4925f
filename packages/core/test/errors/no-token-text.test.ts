import { inspect } from 'node:util';
import { createVerifier, extractToken, isAuthError, toChallenge, type VerifierOptions } from '@connect-auth/core';
import { createFixedClock, createTestIssuer, flawNames } from '@connect-auth/testing';
import { afterAll, describe, expect, test } from '@jest/globals';
import { failureModes } from '../../../testing/test/issuer-tables.js';
import { encodePart } from '../token/signer.js';

const clock = createFixedClock();
const issuer = await createTestIssuer({ clock });
afterAll(() => issuer.close());

/** Everything that a log might write of an error. */
function textsOf(error: unknown): string[] {
  const { message, stack = '', cause } = error as Error;
  const hidden = Reflect.ownKeys(error as Error).map((key) => String(Reflect.get(error as Error, key)));
  const whole = { depth: Number.POSITIVE_INFINITY, showHidden: true, maxStringLength: null };
  const own = [message, stack, String(error), JSON.stringify(error), inspect(error, whole), ...hidden];
  const answer = isAuthError(error) ? JSON.stringify(toChallenge(error)) : '';
  return [...own, answer, ...(cause === undefined ? [] : textsOf(cause))];
}

/** All texts of eight characters or more that a token is made of: its parts, and the strings inside them. */
function secretsOf(token: string): string[] {
  const parts = token.split('.');
  const inside = parts.flatMap(
    (part) =>
      Buffer.from(part, 'base64url')
        .toString('latin1')
        .match(/[\w:/.-]{8,}/g) ?? [],
  );
  const own = [issuer.issuer, issuer.audience, 'org_id', 'client_id', 'token_type', 'refresh_token', 'access_token'];
  return [token, ...parts, ...inside].filter((text) => text.length >= 8 && !own.includes(text));
}

async function expectSilence(token: string, action: () => unknown): Promise<void> {
  const error = await (async () => action())().then(
    () => new Error('the token was accepted'),
    (reason: unknown) => reason,
  );
  expect(isAuthError(error)).toBe(true);
  const texts = textsOf(error);
  expect(secretsOf(token).filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
}

describe('an error holds no text of the token', () => {
  test.each(flawNames)('that is refused for being %s', async (flaw) => {
    const token = issuer.flaws[flaw]();
    await expectSilence(token, () => createVerifier(issuer.verifierOptions()).verify(token));
  });

  test.each(failureModes.filter((mode) => mode !== 'hang' && mode !== 'slowDrip'))(
    'that could not be checked, since the issuer answers with: %s',
    async (mode) => {
      issuer.fail('all', mode);
      const [jwt, opaque] = [issuer.token(), issuer.opaqueToken()];
      try {
        const { introspection: _, ...options } = issuer.verifierOptions();
        await expectSilence(jwt, () => createVerifier(options as VerifierOptions).verify(jwt));
        await expectSilence(opaque, () => createVerifier(issuer.verifierOptions()).verify(opaque));
      } finally {
        issuer.recover();
      }
    },
  );

  const secret = 'PLANTED-s3cr3t-value';
  test.each<[where: string, token: string]>([
    ['its alg', `${encodePart({ alg: secret })}.${encodePart({ iss: issuer.issuer })}.AAAA`],
    ['its kid', `${encodePart({ alg: 'RS256', kid: secret })}.${encodePart({ iss: issuer.issuer })}.AAAA`],
    ['its typ', `${encodePart({ alg: 'RS256', typ: secret })}.${encodePart({ iss: issuer.issuer })}.AAAA`],
    ['its crit', `${encodePart({ alg: 'RS256', crit: [secret] })}.${encodePart({ iss: issuer.issuer })}.AAAA`],
    ['a header that is no JSON', `${encodePart(`{"alg":"${secret}`)}.e30.AAAA`],
    ['a payload that is no JSON', `${encodePart({ alg: 'RS256' })}.${encodePart(`{"iss":${secret}}`)}.AAAA`],
    ['its issuer', `${encodePart({ alg: 'RS256' })}.${encodePart({ iss: secret })}.AAAA`],
    ['its audience', issuer.token({ audience: secret })],
    ['a claim of the wrong type', issuer.token({ claims: { org_id: [secret] } })],
    ['its class', issuer.token({ claims: { token_use: secret } })],
    ['itself, opaque', secret],
  ])('with a secret in %s', async (_, token) => {
    await expectSilence(`${secret}.${token}`, () => createVerifier(issuer.verifierOptions()).verify(token));
  });
});

describe('an error holds no text of the request', () => {
  const secret = 'PLANTED-s3cr3t-value';
  test.each([`Basic ${secret}`, `Bearer ${secret} ${secret}`, `Bearer "${secret}"`, secret, `Bearer,${secret}`])(
    'with %s in its header',
    async (authorization) => {
      await expectSilence(secret, () => extractToken({ headers: { authorization } }));
    },
  );

  test('with several headers, a header that is too large, or a token in its query', async () => {
    const rawHeaders = ['Authorization', `Bearer ${secret}`, 'Authorization', `Bearer ${secret}`];
    const authorization = `Bearer ${secret.repeat(1_000)}`;
    await expectSilence(secret, () => extractToken({ headers: {}, rawHeaders }));
    await expectSilence(secret, () => extractToken({ headers: { authorization } }));
    const url = `/?access_token=${secret}`;
    await expectSilence(secret, () => extractToken({ headers: { authorization: `Bearer ${secret}` }, url }));
  });
});
