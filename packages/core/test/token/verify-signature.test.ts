import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type AlgorithmName, createVerifier } from '@connect-auth/core';
import { createFixedClock, createTestIssuer } from '@connect-auth/testing';
import { afterAll, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { outcomeOf, refused } from '../errors/outcome.js';
import { encodePart } from './signer.js';

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const [rsaPair, otherRsaPair] = [rsa(), rsa()];
/** For each algorithm a key that is published, and one like it that is not. */
const pairs: Readonly<Record<AlgorithmName, readonly [own: KeyPair, other: KeyPair]>> = {
  RS256: [rsaPair, otherRsaPair],
  RS384: [rsaPair, otherRsaPair],
  RS512: [rsaPair, otherRsaPair],
  PS256: [rsaPair, otherRsaPair],
  PS384: [rsaPair, otherRsaPair],
  PS512: [rsaPair, otherRsaPair],
  ES256: [ec('P-256'), ec('P-256')],
  ES384: [ec('P-384'), ec('P-384')],
  ES512: [ec('P-521'), ec('P-521')],
  EdDSA: [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')],
};
const algorithms = Object.keys(pairs) as AlgorithmName[];

const clock = createFixedClock();
const issuer = await createTestIssuer({ clock });
afterAll(() => issuer.close());
const now = clock.now() / 1000;
const claims = { iss: issuer.issuer, aud: issuer.audience, sub: 'user_1', exp: now + 300, iat: now };

/** A verifier that trusts one key, published with or without its `alg`. */
function trust({ publicKey }: KeyPair, jwkAlg?: AlgorithmName) {
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k', ...(jwkAlg && { alg: jwkAlg }) };
  issuer.serveJwks({ keys: [jwk] });
  const verifier = createVerifier({ ...issuer.verifierOptions(), algorithms, tokenCache: null });
  return (token: string) => outcomeOf(verifier.verify(token));
}

/** Signed by jose, so that one mistake cannot be on both sides. */
const signBy = (alg: AlgorithmName, { privateKey }: KeyPair) =>
  new SignJWT(claims).setProtectedHeader({ alg, kid: 'k' }).sign(privateKey);

describe.each(algorithms)('%s', (alg) => {
  const [own, other] = pairs[alg];

  test('accepts what its key signed, and refuses it with one bit changed: 401 bad_signature', async () => {
    const token = await signBy(alg, own);
    const [input, signature] = [token.slice(0, token.lastIndexOf('.')), token.slice(token.lastIndexOf('.') + 1)];
    const bytes = Buffer.from(signature, 'base64url');
    expect(await trust(own, alg)(token)).toBe('accepted');
    for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(await trust(own, alg)(`${input}.${changed.toString('base64url')}`)).toBe(refused('bad_signature'));
    }
  });

  test('refuses another key, another payload, and a signature of another length: 401 bad_signature', async () => {
    const verify = trust(own, alg);
    const token = await signBy(alg, own);
    const [header = '', , signature = ''] = token.split('.');
    const bytes = Buffer.from(signature, 'base64url');
    expect(await verify(await signBy(alg, other))).toBe(refused('bad_signature'));
    expect(await verify(`${header}.${encodePart({ ...claims, sub: 'user_2' })}.${signature}`)).toBe(
      refused('bad_signature'),
    );
    const lengths = [0, 1, 63, 64, 65, bytes.length - 1, bytes.length + 1, 2 * bytes.length, 8_000];
    for (const length of lengths.filter((each) => each !== bytes.length)) {
      const resized = Buffer.concat([bytes, Buffer.alloc(8_000)]).subarray(0, length);
      expect([length, await verify(`${token.slice(0, token.lastIndexOf('.'))}.${encodePart(resized)}`)]).toEqual([
        length,
        refused('bad_signature'),
      ]);
    }
  });

  test('a key that is published for another algorithm is not tried: 401 unknown_key', async () => {
    const token = await signBy(alg, own);
    for (const jwkAlg of algorithms.filter((name) => name !== alg)) {
      expect([jwkAlg, await trust(own, jwkAlg)(token)]).toEqual([jwkAlg, refused('unknown_key')]);
    }
  });
});

// The key fits both, and the signature is a true one of the other algorithm over this very text.
test.each([
  ['RS256', 'sha256', true],
  ['PS256', 'sha256', false],
  ['RS256', 'sha512', false],
  ['PS256', 'sha512', true],
] as const)('a signature declared %s, made with %s (PSS: %p): 401 bad_signature', async (alg, digest, isPss) => {
  const input = `${encodePart({ alg, kid: 'k' })}.${encodePart(claims)}`;
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const signature = sign(digest, Buffer.from(input), { key: rsaPair.privateKey, ...(isPss && pss) });
  expect(await trust(rsaPair)(`${input}.${encodePart(signature)}`)).toBe(refused('bad_signature'));
});

test.each([0, 20, 48, 222])(
  'PS256 with a salt of %d bytes, not of its digest’s length: 401 bad_signature',
  async (saltLength) => {
    const input = `${encodePart({ alg: 'PS256', kid: 'k' })}.${encodePart(claims)}`;
    const key = { key: rsaPair.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
    const signature = sign('sha256', Buffer.from(input), key);
    expect(await trust(rsaPair)(`${input}.${encodePart(signature)}`)).toBe(refused('bad_signature'));
  },
);

test.each(['ES256', 'ES384', 'ES512'] as const)(
  '%s: a DER-encoded signature is refused: 401 bad_signature',
  async (alg) => {
    const [{ privateKey, publicKey }] = pairs[alg];
    const input = `${encodePart({ alg, kid: 'k' })}.${encodePart(claims)}`;
    const digest = `sha${alg === 'ES512' ? '512' : alg.slice(2)}`;
    const encodings = { der: refused('bad_signature'), 'ieee-p1363': 'accepted' } as const;
    for (const [dsaEncoding, outcome] of Object.entries(encodings)) {
      const signature = sign(digest, Buffer.from(input), { key: privateKey, dsaEncoding: dsaEncoding as 'der' });
      expect(await trust({ privateKey, publicKey }, alg)(`${input}.${encodePart(signature)}`)).toBe(outcome);
    }
  },
);

test.each(['ES256', 'ES384', 'ES512'] as const)(
  '%s: a signature of zeros is refused: 401 bad_signature',
  async (alg) => {
    const bytes = { ES256: 64, ES384: 96, ES512: 132 }[alg];
    const input = `${encodePart({ alg, kid: 'k' })}.${encodePart(claims)}`;
    expect(await trust(pairs[alg][0], alg)(`${input}.${encodePart(Buffer.alloc(bytes))}`)).toBe(
      refused('bad_signature'),
    );
  },
);
