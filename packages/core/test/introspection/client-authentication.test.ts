import { generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { ConfigurationError, type PrivateKey } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import { credentialsOf, openIssuer, openVerifier } from '../issuer/open-verifier.js';
import { outcomeOf } from '../issuer/outcome.js';
import { rerouteFetch } from '../runtime/rerouted-fetch.js';

const partOf = (jwt: string, at: number) =>
  JSON.parse(Buffer.from(jwt.split('.')[at] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('with a secret', () => {
  test.each([
    [undefined, 'client_secret_post'],
    ['client_secret_post', 'client_secret_post'],
    ['client_secret_basic', 'client_secret_basic'],
  ] as const)('authMethod %s is %s on the wire', async (authMethod, onWire) => {
    const scene = await openIssuer();
    const introspection = { ...credentialsOf(scene.issuer), ...(authMethod && { authMethod }) };
    await openVerifier(scene, { introspection }).verify(scene.issuer.opaqueToken());
    expect(scene.issuer.lastIntrospection).toEqual({ authMethod: onWire, tokenTypeHint: 'access_token' });
  });

  test.each(['client_secret_post', 'client_secret_basic'] as const)(
    '%s carries every character of the id and the secret',
    async (authMethod) => {
      const client = { clientId: 'client:ü &+%= id', clientSecret: 'p@ss:wörd +%2B&=?/~*"\\€' };
      const scene = await openIssuer({ clients: [client] });
      const verifier = openVerifier(scene, { introspection: { ...client, authMethod } });
      expect(await outcomeOf(verifier.verify(scene.issuer.opaqueToken()))).toBe('accepted');
      expect(scene.issuer.lastIntrospection?.authMethod).toBe(authMethod);
    },
  );

  test('client_secret_basic keeps the secret out of the body', async () => {
    const scene = await openIssuer();
    const { fetch, forms } = rerouteFetch(scene.issuer);
    const introspection = { ...credentialsOf(scene.issuer), authMethod: 'client_secret_basic' as const };
    await openVerifier(scene, { introspection }, { fetch }).verify(scene.issuer.opaqueToken());
    expect([...(forms[0]?.keys() ?? [])]).toEqual(['token', 'token_type_hint']);
  });
});

const pairs: Record<string, { privateKey: KeyObject; publicKey: KeyObject }> = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
};

const forms: Record<string, (key: KeyObject) => PrivateKey> = {
  'PEM text': (key) => key.export({ format: 'pem', type: 'pkcs8' }) as string,
  'a JWK': (key) => ({ ...(key.export({ format: 'jwk' }) as object), kid: 'key_1' }),
  'a KeyObject': (key) => key,
};

const cases = Object.keys(pairs).flatMap((alg) => Object.keys(forms).map((form) => [alg, form] as const));

async function openWithKey(privateKey: PrivateKey, publicKey: KeyObject | JsonWebKey) {
  const clientId = 'client_key';
  const scene = await openIssuer({ clients: [{ clientId, publicKey }] });
  const { fetch, forms: sent } = rerouteFetch(scene.issuer);
  const verifier = openVerifier(scene, { introspection: { clientId, privateKey, cacheSeconds: 0 } }, { fetch });
  return { ...scene, verifier, assertion: (at: number) => sent[at]?.get('client_assertion') ?? '', sent };
}

describe('private_key_jwt', () => {
  test.each(cases)('with an %s key as %s is accepted by the issuer', async (alg, form) => {
    const { privateKey, publicKey } = pairs[alg] as (typeof pairs)[string];
    const given = (forms[form] as (key: KeyObject) => PrivateKey)(privateKey);
    const { issuer, verifier, assertion, sent } = await openWithKey(given, publicKey);
    expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('accepted');
    expect(issuer.lastIntrospection?.authMethod).toBe('private_key_jwt');
    expect(partOf(assertion(0), 0)).toEqual(form === 'a JWK' ? { alg, kid: 'key_1' } : { alg });
    expect(sent[0]?.has('client_secret')).toBe(false);
  });

  test('each assertion is for the issuer, for a minute, and for one use', async () => {
    const { privateKey, publicKey } = pairs.ES256 as (typeof pairs)[string];
    const { clock, issuer, verifier, assertion } = await openWithKey(privateKey, publicKey);
    const token = issuer.opaqueToken();
    await verifier.verify(token);
    await verifier.verify(token);
    const [first, second] = [partOf(assertion(0), 1), partOf(assertion(1), 1)];
    const now = clock.now() / 1000;
    expect(first).toEqual({
      iss: 'client_key',
      sub: 'client_key',
      aud: issuer.issuer,
      jti: expect.stringMatching(/^[\w-]{20,}$/),
      iat: now,
      exp: now + 60,
    });
    expect(second.jti).not.toBe(first.jti);
  });

  test('with a key that the issuer does not know is 503, and not the fault of the token', async () => {
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const { publicKey } = pairs.EdDSA as (typeof pairs)[string];
    const { issuer, verifier } = await openWithKey(stranger, publicKey);
    expect(await outcomeOf(verifier.verify(issuer.opaqueToken()))).toBe('503 introspection');
  });

  test.each<[string, PrivateKey]>([
    ['a public key', (pairs.ES256 as (typeof pairs)[string]).publicKey],
    ['another curve', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
    ['a text that is no key', 'secret-that-is-no-key'],
    ['a public JWK', (pairs.ES256 as (typeof pairs)[string]).publicKey.export({ format: 'jwk' }) as object as never],
  ])('with %s stops the start, and the key is not quoted', async (_what, privateKey) => {
    const scene = await openIssuer();
    const start = () => openVerifier(scene, { introspection: { clientId: 'client_key', privateKey } });
    expect(start).toThrow(ConfigurationError);
    expect(start).toThrow(/^introspection\.privateKey (?!.*secret-that)/);
  });
});
