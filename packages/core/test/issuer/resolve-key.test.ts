import { createPublicKey, verify } from 'node:crypto';
import { type AuthError, createVerifier, isAuthError, type Verifier } from '@connect-auth/core';
import { flawNames, type TokenFlaw } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import { credentialsOf, jwksUriOf, openIssuer, openVerifier, runtimeOf } from './open-verifier.js';
import { outcomeOf } from './outcome.js';

const messageOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'resolved',
    (error: unknown) => (isAuthError(error) ? (error as AuthError).message : String(error)),
  );

test('it is the published key of the kid, and it verifies the token', async () => {
  const { issuer, ...scene } = await openIssuer();
  const verifier = openVerifier({ issuer, ...scene });
  const kids = [issuer.keys.current, issuer.keys.rotate()];
  for (const kid of kids) {
    const token = issuer.token({ key: kid });
    const key = await verifier.resolveKey(token);
    const published = issuer.keys.jwks().keys.find((each) => each.kid === kid);
    expect(key.equals(createPublicKey({ key: published as never, format: 'jwk' }))).toBe(true);
    const [header, payload, signature = ''] = token.split('.');
    const input = Buffer.from(`${header}.${payload}`);
    expect(verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))).toBe(true);
  }
  expect(issuer.requests.jwks).toBe(1);
});

test('of several issuers, it is the key of the one that the token names, under the same kid too', async () => {
  const [acme, globex] = [await openIssuer({ issuer: 'https://acme.test' }), await openIssuer()];
  const issuers = [acme, globex].map(({ issuer: { issuer, audience, keys } }) => ({
    ...{ issuer, audience },
    keys: { source: async () => ({ keys: keys.jwks().keys.map((key) => ({ ...key, kid: 'same' })) }) },
  }));
  const verifier = createVerifier({ issuers, runtime: runtimeOf(acme) });
  for (const { issuer } of [acme, globex]) {
    const key = await verifier.resolveKey(issuer.token({ header: { kid: 'same' } }));
    const [published] = issuer.keys.jwks().keys;
    expect(key.equals(createPublicKey({ key: published as never, format: 'jwk' }))).toBe(true);
  }
  const stranger = await openIssuer({ issuer: 'https://stranger.test' });
  expect(await outcomeOf(verifier.resolveKey(stranger.issuer.token()))).toBe('401 wrong_issuer');
  await verifier.close();
});

describe('it verifies nothing but what stands before the signature, and that as strictly as verify', () => {
  /** What shows only in the claims, or by the key itself. */
  const later: readonly TokenFlaw[] = [
    ...(['expired', 'notYetValid', 'issuedInFuture', 'wrongAudience', 'missingAudience', 'missingExpiry'] as const),
    ...(['textExpiry', 'infiniteExpiry', 'missingSubject', 'emptyOrg', 'scopeNotText', 'emptySignature'] as const),
    ...(['tampered', 'badSignature', 'foreignKeySameKid', 'embeddedKey', 'remoteKey', 'idToken'] as const),
    ...(['sessionToken', 'refreshTokenJwt', 'senderConstrainedDpop', 'senderConstrainedCertificate'] as const),
  ];

  test.each(flawNames)('%s', async (flaw) => {
    const scene = await openIssuer();
    const verifier = openVerifier(scene);
    const token = scene.issuer.flaws[flaw]();
    const refusal = later.includes(flaw) ? 'resolved' : await messageOf(verifier.verify(token));
    expect(await messageOf(verifier.resolveKey(token))).toBe(refusal);
  });
});

test.each([undefined, null, '', 7, {}, 'a'.repeat(16_385)])('%p is no token', async (token) => {
  const verifier = openVerifier(await openIssuer());
  expect(await outcomeOf(verifier.resolveKey(token as string))).toBe('401 malformed');
});

test('an opaque token has no key, and is not introspected', async () => {
  const scene = await openIssuer();
  const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer) });
  expect(await outcomeOf(verifier.resolveKey(scene.issuer.opaqueToken()))).toBe('401 malformed');
  expect(scene.issuer.requests.total).toBe(0);
});

test('an issuer that is down is 503, also where introspection would answer instead', async () => {
  const scene = await openIssuer();
  scene.issuer.fail('jwks', 'error500');
  const introspection = credentialsOf(scene.issuer);
  const verifier = openVerifier(scene, { jwksUri: jwksUriOf(scene.issuer), introspection });
  expect(await outcomeOf(verifier.resolveKey(scene.issuer.token()))).toBe('503 jwks');
});

test('a closed verifier has no keys any more', async () => {
  const scene = await openIssuer();
  const verifier = openVerifier(scene);
  await verifier.resolveKey(scene.issuer.token());
  await verifier.close();
  expect(await outcomeOf(verifier.resolveKey(scene.issuer.token()))).toBe('503 jwks');
});

test('it tells nobody that a token was accepted, or refused', async () => {
  const scene = await openIssuer();
  const verifier: Verifier = openVerifier(scene);
  const told: string[] = [];
  for (const name of ['accepted', 'refused'] as const) verifier.on(name, () => told.push(name));
  await verifier.resolveKey(scene.issuer.token());
  await messageOf(verifier.resolveKey('opaque'));
  expect(told).toEqual([]);
});
