import { ConfigurationError } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier, type Scene } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';
import { strayTokens } from '../keys/stray-tokens.js';

type Mode = 'never' | 'fallback' | 'always';

const openIntrospecting = (scene: Scene, mode?: Mode) =>
  openVerifier(scene, { introspection: { ...credentialsOf(scene.issuer), ...(mode && { mode }) } });

describe('an opaque token', () => {
  test.each(['fallback', 'always'] as const)('is accepted on the word of the issuer in mode %s', async (mode) => {
    const scene = await openIssuer();
    const token = scene.issuer.opaqueToken({ org: 'org_A', user: 'user_A' });
    const auth = await openIntrospecting(scene, mode).verify(token);
    expect(auth).toMatchObject({ verifiedBy: 'introspection', subject: 'user_A', orgId: 'org_A' });
    expect(auth.token).toBe(token);
    expect(Object.isFrozen(auth) && Object.isFrozen(auth.claims)).toBe(true);
    expect(scene.issuer.requests).toMatchObject({ introspection: 1, jwks: 0 });
  });

  test('has no scopes where the response has none, and those of the response where it has', async () => {
    const silent = await openIssuer();
    expect(
      (await openIntrospecting(silent).verify(silent.issuer.opaqueToken({ scopes: ['a', 'b'] }))).scopes.size,
    ).toBe(0);
    const telling = await openIssuer({ introspectionScope: true });
    const auth = await openIntrospecting(telling).verify(telling.issuer.opaqueToken({ scopes: ['a', 'b'] }));
    expect([...auth.scopes]).toEqual(['a', 'b']);
  });

  test('is not a token in mode never, nor without introspection, and is not introspected', async () => {
    const scene = await openIssuer();
    expect(await outcomeOf(openIntrospecting(scene, 'never').verify(scene.issuer.opaqueToken()))).toBe('401 malformed');
    expect(await outcomeOf(openVerifier(scene).verify(scene.issuer.opaqueToken()))).toBe('401 malformed');
    expect(scene.issuer.requests.total).toBe(0);
  });

  test('that the issuer does not know is inactive', async () => {
    const scene = await openIssuer();
    expect(await outcomeOf(openIntrospecting(scene).verify('no-such-token'))).toBe('401 inactive');
  });
});

describe('a JWT whose keys can be had', () => {
  test.each(['never', 'fallback'] as const)('is not introspected in mode %s', async (mode) => {
    const scene = await openIssuer();
    expect((await openIntrospecting(scene, mode).verify(scene.issuer.token())).verifiedBy).toBe('jwks');
    expect(scene.issuer.requests.introspection).toBe(0);
  });

  test('is checked here and introspected at every request in mode always, from the token cache too', async () => {
    const scene = await openIssuer();
    const verifier = openIntrospecting(scene, 'always');
    const token = scene.issuer.token();
    const auths = [await verifier.verify(token), await verifier.verify(token), await verifier.verify(token)];
    expect(auths.map(({ verifiedBy }) => verifiedBy)).toEqual(['jwks', 'jwks', 'jwks']);
    expect([...(auths[0]?.scopes ?? [])]).toEqual(['projects:read']);
    expect(scene.issuer.requests.introspection).toBe(3);
    scene.issuer.revoke(token);
    expect(await outcomeOf(verifier.verify(token))).toBe('401 inactive');
  });

  test('is 503 in mode always where the issuer does not answer', async () => {
    const scene = await openIssuer();
    const verifier = openIntrospecting(scene, 'always');
    scene.issuer.fail('introspection', 'error500');
    expect(await outcomeOf(verifier.verify(scene.issuer.token()))).toBe('503 introspection');
  });

  test.each(['never', 'fallback'] as const)('is introspected when live is set, in mode %s', async (mode) => {
    const scene = await openIssuer();
    const verifier = openIntrospecting(scene, mode);
    const token = scene.issuer.token();
    await verifier.verify(token);
    expect((await verifier.verify(token, { live: true })).verifiedBy).toBe('jwks');
    scene.issuer.revoke(token);
    expect(await outcomeOf(verifier.verify(token, { live: true }))).toBe('401 inactive');
    expect(await outcomeOf(verifier.verify(token))).toBe('accepted');
    expect(scene.issuer.requests.introspection).toBe(2);
  });

  test('cannot be confirmed live without introspection, which is a mistake in the program', async () => {
    const scene = await openIssuer();
    const verification = openVerifier(scene).verify(scene.issuer.token(), { live: true });
    await expect(verification).rejects.toThrow(ConfigurationError);
  });
});

describe('a JWT whose keys cannot be had', () => {
  test('is accepted on the word of the issuer in mode fallback, without any scope', async () => {
    const scene = await openIssuer();
    scene.issuer.fail('jwks', 'error500');
    const auth = await openIntrospecting(scene).verify(scene.issuer.token({ org: 'org_A' }));
    expect(auth).toMatchObject({ verifiedBy: 'introspection', orgId: 'org_A' });
    expect(auth.scopes.size).toBe(0);
  });

  test('is checked by its signature again once they can be had', async () => {
    const scene = await openIssuer();
    const verifier = openIntrospecting(scene);
    const token = scene.issuer.token();
    scene.issuer.fail('jwks', 'error500');
    await verifier.verify(token);
    scene.issuer.recover();
    scene.clock.advanceSeconds(2);
    expect((await verifier.verify(token)).verifiedBy).toBe('jwks');
  });

  test('is 503 in mode never, and is not introspected', async () => {
    const scene = await openIssuer();
    scene.issuer.fail('jwks', 'error500');
    expect(await outcomeOf(openIntrospecting(scene, 'never').verify(scene.issuer.token()))).toBe('503 jwks');
    expect(scene.issuer.requests.introspection).toBe(0);
  });

  test('is 503 where the issuer does not answer either', async () => {
    const scene = await openIssuer();
    scene.issuer.fail('all', 'error500');
    expect(await outcomeOf(openIntrospecting(scene).verify(scene.issuer.token()))).toBe('503 discovery');
    expect(await outcomeOf(openIntrospecting(scene).verify(scene.issuer.opaqueToken()))).toBe('503 discovery');
  });

  test('is not introspected where an old copy knows its key; where it does not, it is', async () => {
    const scene = await openIssuer({ lifetimeSeconds: 7_200 });
    const verifier = openIntrospecting(scene);
    await verifier.ready();
    scene.issuer.fail('jwks', 'error500');
    scene.clock.advanceSeconds(900);
    expect((await verifier.verify(scene.issuer.token())).verifiedBy).toBe('jwks');
    expect(scene.issuer.requests.introspection).toBe(0);
    scene.issuer.keys.rotate();
    expect((await verifier.verify(scene.issuer.token())).verifiedBy).toBe('introspection');
    const [stray = ''] = strayTokens(scene.issuer, 1);
    expect(await outcomeOf(verifier.verify(stray))).toBe('401 inactive');
  });
});
