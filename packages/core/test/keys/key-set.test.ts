import { describe, expect, test } from '@jest/globals';
import { openIssuer, openVerifier, type Scene } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';

/** What becomes of a good token where this is served as the JWK Set. */
async function outcomeWith(scene: Scene, document: unknown, token = scene.issuer.token()): Promise<string> {
  scene.issuer.serveJwks(document);
  return outcomeOf(openVerifier(scene).verify(token));
}

describe('the document', () => {
  test.each([
    ['a keys member that is no list', { keys: 'x' }],
    ['a keys member that is an object', { keys: { 0: {} } }],
    ['no keys member', {}],
    ['null', null],
    ['a list', []],
    ['a string', 'keys'],
    ['a number', 7],
  ])('that is %s is an issuer out of order: 503', async (_what, document) => {
    expect(await outcomeWith(await openIssuer(), document)).toBe('503 jwks');
  });

  test.each(['html', 'empty', 'error500'] as const)('that is %s is an issuer out of order: 503', async (mode) => {
    const scene = await openIssuer();
    scene.issuer.fail('jwks', mode);
    expect(await outcomeOf(openVerifier(scene).verify(scene.issuer.token()))).toBe('503 jwks');
  });

  test('that lists no key is an issuer without the key of the token: 401', async () => {
    expect(await outcomeWith(await openIssuer(), { keys: [] })).toBe('401 unknown_key');
  });

  test('may hold 100 keys, and no more', async () => {
    const scene = await openIssuer();
    const [jwk] = scene.issuer.keys.jwks().keys;
    const others = Array.from({ length: 100 }, (_, at) => ({ kty: 'oct', kid: `other_${at}` }));
    expect(await outcomeWith(scene, { keys: [jwk, ...others.slice(1)] })).toBe('accepted');
    expect(await outcomeWith(scene, { keys: [jwk, ...others] })).toBe('503 jwks');
  });

  test('may hold things that are no keys beside good ones', async () => {
    const scene = await openIssuer();
    const [jwk] = scene.issuer.keys.jwks().keys;
    const noise = [null, 7, 'key', [], {}, { kty: 'unheard-of' }, { kty: 'EC', crv: 'P-256' }];
    expect(await outcomeWith(scene, { keys: [...noise, jwk, ...noise] })).toBe('accepted');
  });
});

describe('the key of a token', () => {
  test('with two keys of one kid is neither of them', async () => {
    const scene = await openIssuer();
    const { keys } = scene.issuer;
    const other = keys.prepare();
    keys.publish(other);
    const both = keys.jwks().keys.map((jwk) => ({ ...jwk, kid: keys.current }));
    expect(await outcomeWith(scene, { keys: both })).toBe('401 unknown_key');
    expect(await outcomeWith(scene, { keys: both.toReversed() })).toBe('401 unknown_key');
  });

  test('with the same key listed twice is that key', async () => {
    const scene = await openIssuer();
    const [jwk] = scene.issuer.keys.jwks().keys;
    expect(await outcomeWith(scene, { keys: [jwk, jwk] })).toBe('accepted');
  });

  test('with one kid on keys of two algorithms is the one that fits', async () => {
    const scene = await openIssuer();
    const { keys } = scene.issuer;
    keys.publish(keys.prepare('EdDSA'));
    const both = keys.jwks().keys.map((jwk) => ({ ...jwk, kid: keys.current }));
    expect(await outcomeWith(scene, { keys: both })).toBe('accepted');
  });

  test('without a kid is the one key that fits its algorithm', async () => {
    const scene = await openIssuer();
    const { keys } = scene.issuer;
    keys.publish(keys.prepare('EdDSA'));
    const token = scene.issuer.token({ header: { kid: undefined } });
    expect(await outcomeWith(scene, keys.jwks(), token)).toBe('accepted');
  });

  test('without a kid is none where two keys would fit', async () => {
    const scene = await openIssuer();
    const { keys } = scene.issuer;
    keys.publish(keys.prepare());
    const token = scene.issuer.token({ header: { kid: undefined } });
    expect(await outcomeWith(scene, keys.jwks(), token)).toBe('401 unknown_key');
  });

  test('with a kid is no key that has none', async () => {
    const scene = await openIssuer();
    const nameless = scene.issuer.keys.jwks().keys.map(({ kid: _, ...jwk }) => jwk);
    expect(await outcomeWith(scene, { keys: nameless })).toBe('401 unknown_key');
    expect(await outcomeWith(scene, { keys: nameless }, scene.issuer.token({ header: { kid: undefined } }))).toBe(
      'accepted',
    );
  });

  test.each(['__proto__', 'constructor', 'toString'])('is not found under the name %s', async (kid) => {
    const scene = await openIssuer();
    expect(await outcomeWith(scene, undefined, scene.issuer.token({ header: { kid } }))).toBe('401 unknown_key');
  });
});
