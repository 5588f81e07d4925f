import { createVerifier, type Verifier } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { answerOf, bareRefusal } from '../answers.js';
import { bearer, closeLater, openIssuer } from '../open-issuer.js';
import { openJwtApi } from './open-jwt-strategy.js';

/** Asks once, and expects a 401 that reaches nothing. */
async function expectRefusal(verifier: Verifier, headers: object): Promise<void> {
  const { app, payloads, reached, errors } = openJwtApi(verifier);
  expect(
    answerOf(
      await request(app)
        .get('/')
        .set(headers as never),
    ),
  ).toEqual(bareRefusal);
  expect([payloads, reached, errors]).toEqual([[], [], []]);
}

describe('what is no token to passport-jwt, and costs no question', () => {
  test.each([
    ['no header', () => ({})],
    ['another scheme', () => ({ authorization: 'Basic YTpi' })],
    ['a malformed header', () => ({ authorization: 'Bearer' })],
    ['two headers', (token: string) => ({ authorization: [`Bearer ${token}`, `Bearer ${token}`] })],
    ['a token in another header', (token: string) => ({ 'x-access-token': `Bearer ${token}` })],
  ])('%s: 401', async (_what, headers) => {
    const { issuer, trust } = await openIssuer();
    await expectRefusal(trust(), headers(issuer.token()));
    expect(issuer.requests.total).toBe(0);
  });
});

test('an opaque token is refused, whatever introspection says of it', async () => {
  const { issuer, trust } = await openIssuer();
  const verifier = trust();
  const token = issuer.opaqueToken();
  expect((await verifier.verify(token)).verifiedBy).toBe('introspection');
  await expectRefusal(verifier, bearer(token));
});

test('a revoked token is refused, although passport-jwt would take it', async () => {
  const { issuer, trust } = await openIssuer();
  const verifier = trust();
  await verifier.revoke({ tokenId: 'token_1' });
  await expectRefusal(verifier, bearer(issuer.token({ claims: { jti: 'token_1' } })));
});

test('a token that the issuer calls inactive is refused where the issuer is always asked', async () => {
  const { issuer, trust } = await openIssuer();
  const { introspection } = issuer.verifierOptions();
  const verifier = trust({ introspection: { ...introspection, mode: 'always' } });
  const [good, revoked] = [issuer.token(), issuer.token()];
  issuer.revoke(revoked);
  await expectRefusal(verifier, bearer(revoked));
  await request(openJwtApi(verifier).app).get('/').set(bearer(good)).expect(200);
});

test('of two issuers, a token of the one for the audience of the other is refused', async () => {
  const [acme, globex] = [await openIssuer({ audience: 'acme' }), await openIssuer({ audience: 'globex' })];
  const issuers = [acme, globex].map(({ issuer: { issuer, audience } }) => ({ issuer, audience }));
  const verifier = createVerifier({ issuers, runtime: acme.runtime });
  closeLater(() => verifier.close());
  const { app } = openJwtApi(verifier);
  for (const { issuer } of [acme, globex]) await request(app).get('/').set(bearer(issuer.token())).expect(200);
  await expectRefusal(verifier, bearer(acme.issuer.token({ audience: 'globex' })));
});

test.each(['error500', 'reset'] as const)(
  'an issuer that fails by %s is a 401, for passport-jwt has nothing else; the handler is not reached',
  async (mode) => {
    const { issuer, trustKeysOnly } = await openIssuer();
    issuer.fail('all', mode);
    await expectRefusal(trustKeysOnly(), bearer(issuer.token()));
  },
);

test('a JWT that is taken on the issuer’s word alone is refused: there is no key to hand over', async () => {
  const { issuer, trust } = await openIssuer();
  issuer.fail('jwks', 'error500');
  const verifier = trust();
  const token = issuer.token();
  expect((await verifier.verify(token)).verifiedBy).toBe('introspection');
  await expectRefusal(verifier, bearer(token));
});

test.each([undefined, null, {}, 'auth'])('a verifier that resolves to %p lets nobody pass', async (nothing) => {
  const { issuer, trust } = await openIssuer();
  await expectRefusal({ ...trust(), verify: async () => nothing as never }, bearer(issuer.token()));
});
