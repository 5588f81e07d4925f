import { createPublicKey } from 'node:crypto';
import { describeOnPostgres } from '@connect-auth/test-kit/postgres';
import { describe, expect, test } from '@jest/globals';
import {
  base64url,
  CompactEncrypt,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { createM2m, get, grant, manage } from '../kit/client.js';
import { introspect, isActive } from './introspect.js';
import { open } from './open.js';
import { consent, createCode, tokensFor } from './user-tokens.js';

// Whatever was not issued here, to the letter, is not active, and nothing more is said about it (RFC 7662 §2.2).

const server = await open();
const m2m = await createM2m(server);
const token = await grant(server, m2m);
const claims = decodeJwt(token);
const header = decodeProtectedHeader(token) as JWTHeaderParameters;
const [head, body, signature] = token.split('.') as [string, string, string];

const publicJwk: JWK = (await get(server, '/oauth2/jwks')).body.keys[0];
const stranger = await generateKeyPair('RS256', { extractable: true });
const strangerJwk = await exportJWK(stranger.publicKey);

type Key = Parameters<SignJWT['sign']>[0];

const encode = (part: object) => base64url.encode(JSON.stringify(part));
const sign = (signedHeader: JWTHeaderParameters, key: Key, more = {}) =>
  new SignJWT({ ...claims, ...more }).setProtectedHeader(signedHeader).sign(key);
const signHs256 = (secret: string | Buffer) =>
  sign({ ...header, alg: 'HS256' }, typeof secret === 'string' ? new TextEncoder().encode(secret) : secret);
const publicKey = createPublicKey({ key: publicJwk as never, format: 'jwk' });
const flip = (text: string, at: number) =>
  text.slice(0, at) + (text.at(at) === 'A' ? 'B' : 'A') + (at === -1 ? '' : text.slice(at + 1));

async function expectInactive(...tokens: string[]) {
  for (const one of tokens) {
    const answer = await introspect(server, m2m, one);
    expect([one.slice(0, 200), answer.status, answer.body]).toEqual([one.slice(0, 200), 200, { active: false }]);
  }
}

test('the token that all of these are made from is active', async () => {
  expect(await isActive(server, m2m, token)).toBe(true);
});

describe('not active is a token that was', () => {
  test('changed in its payload', async () => {
    const changes = [{ org_id: 'org_other' }, { exp: 9_999_999_999 }, { scope: 'admin' }, { sub: 'user_1' }];
    await expectInactive(...changes.map((change) => `${head}.${encode({ ...claims, ...change })}.${signature}`));
  });

  test('changed in its header', async () => {
    const changes = [
      { typ: undefined },
      { typ: 'JWT' },
      { alg: 'none' },
      { alg: 'PS256' },
      { kid: 'x' },
      { kid: undefined },
    ];
    await expectInactive(...changes.map((change) => `${encode({ ...header, ...change })}.${body}.${signature}`));
  });

  test('changed in its signature', async () => {
    const signatures = [flip(signature, 0), flip(signature, 100), signature.slice(0, -4), '', 'x', `${signature}AAAA`];
    await expectInactive(...signatures.map((other) => `${head}.${body}.${other}`));
  });

  test('spelled otherwise: the last letter has bits that no byte has (RFC 4648 §3.5)', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const twin = letters.at(letters.indexOf(signature.at(-1) as string) + 1) as string;
    const other = signature.slice(0, -1) + twin;
    expect(base64url.decode(other)).toEqual(base64url.decode(signature));
    await expectInactive(`${head}.${body}.${other}`);
  });

  test('cut, doubled, or turned round', async () => {
    await expectInactive(`${head}.${body}`, head, body, signature, `${body}.${head}.${signature}`);
  });

  test('marked as the server marks tokens for itself', async () => {
    await expectInactive(`~${token}`, `~~${token}`, `~`, `~${claims.jti}`);
  });

  test('wrapped in something', async () => {
    await expectInactive(` ${token}`, `${token} `, `${token}\n`, `"${token}"`, `Bearer ${token}`, `${token}\0`);
    await expectInactive(JSON.stringify({ protected: head, payload: body, signature }), `${token}.${token}`);
  });

  test('with padding, or with empty parts', async () => {
    await expectInactive(
      `${token}=`,
      `${head}=.${body}.${signature}`,
      `${token}.`,
      `${head}..${signature}`,
      `${head}..`,
    );
  });

  test('encrypted', async () => {
    const { publicKey: recipient } = await generateKeyPair('RSA-OAEP-256');
    const encrypting = new CompactEncrypt(new TextEncoder().encode(token));
    encrypting.setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' });
    await expectInactive(await encrypting.encrypt(recipient));
  });
});

describe('not active is a token that is signed by', () => {
  test('another key under the same kid', async () => {
    await expectInactive(await sign(header, stranger.privateKey));
  });

  test('another key that it brings along or points to', async () => {
    const own = { jwk: strangerJwk, jku: 'https://evil.test/jwks', x5u: 'https://evil.test/x5u' };
    for (const [name, value] of Object.entries(own)) {
      await expectInactive(await sign({ ...header, [name]: value }, stranger.privateKey));
      await expectInactive(await sign({ ...header, kid: 'x', [name]: value }, stranger.privateKey));
    }
  });

  test('nobody', async () => {
    await expectInactive(new UnsecuredJWT(claims).encode(), `${encode({ ...header, alg: 'none' })}.${body}.`);
  });

  test('the public key, taken for a shared secret', async () => {
    const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
    await expectInactive(await signHs256(pem), await signHs256(pem.trim()));
    await expectInactive(await signHs256(publicKey.export({ type: 'spki', format: 'der' }) as Buffer));
    await expectInactive(await signHs256(JSON.stringify(publicJwk)), await signHs256(publicJwk.n as string));
  });

  test('another server', async () => {
    const other = await open();
    const foreign = await grant(other, await createM2m(other));
    expect(decodeJwt(foreign).iss).not.toBe(claims.iss);
    await expectInactive(foreign);
  });

  test('this server, which never issued it', async () => {
    const { privateJwk, algorithm } = server.server.parts.signingKeys.current.active;
    const key = (await importJWK(privateJwk, algorithm)) as Key;
    expect(await isActive(server, m2m, await sign(header, key))).toBe(true);
    await expectInactive(
      await sign(header, key, { jti: 'never' }),
      await sign(header, key, { jti: undefined }),
      await sign(header, key, { iss: 'https://evil.test' }),
      await sign(header, key, { exp: 1 }),
      await sign(header, key, { exp: undefined }),
      await sign({ ...header, typ: 'logout+jwt' }, key),
    );
  });
});

(await describeOnPostgres(describe, 'servers that share a database'))('servers that share a database', () => {
  const storage = { kind: 'postgres', connectionString: server.database?.connectionString ?? '' } as const;

  test('and the keys: of another issuer’s tokens this one knows nothing', async () => {
    const sibling = await open({ storage });
    const theirs = await grant(sibling, m2m);
    expect(decodeProtectedHeader(theirs).kid).toBe(header.kid);
    expect(await isActive(sibling, m2m, theirs)).toBe(true);
    await expectInactive(theirs);
  });

  test('and not the environment: neither knows the clients and the tokens of the other', async () => {
    const elsewhere = await open({ storage, environmentId: 'staging' });
    const theirs = await createM2m(elsewhere);
    expect((await introspect(elsewhere, m2m, token)).status).toBe(401);
    expect((await introspect(server, theirs, token)).status).toBe(401);
    await expectInactive(await grant(elsewhere, theirs));
    expect((await introspect(elsewhere, theirs, token)).body).toEqual({ active: false });
  });
});

describe('not active is what is no access token', () => {
  test('an ID token', async () => {
    const { idToken } = await tokensFor(await consent(server));
    expect(idToken.split('.')).toHaveLength(3);
    await expectInactive(idToken);
  });

  test('the name of a token or of a grant: names are no secrets', async () => {
    const consented = await consent(server);
    const { accessToken } = await tokensFor(consented);
    await expectInactive(claims.jti as string, decodeJwt(accessToken).jti as string, consented.grantId);
  });

  test('a client id, a client secret, an API key', async () => {
    await expectInactive(m2m.clientId, m2m.clientSecret, m2m.secretId, 'sk_test_fixed');
  });

  test('an authorization code', async () => {
    await expectInactive((await createCode(await consent(server))).code);
  });

  test('anything else', async () => {
    await expectInactive('x', '.', '..', '...', 'a.b.c', '{}', 'null', 'eyJ', '😀', 'a\0b', "' or 1=1 --", '%00');
    await expectInactive('x'.repeat(50_000), `${head}.${'x'.repeat(50_000)}.x`, '.'.repeat(50_000));
  });
});

test('a token ends with the key that signed it', async () => {
  let now = Date.now();
  const clocked = await open({ clock: { now: () => now }, keys: { encryptionKey: 'ab'.repeat(32) } });
  const asking = await createM2m(clocked);
  const old = await grant(clocked, asking);
  await manage(clocked, 'POST', '/signing_keys/rotate');
  expect(await isActive(clocked, asking, old)).toBe(true);
  now += 3_901_000;
  await clocked.server.parts.signingKeys.refresh();
  expect((await introspect(clocked, asking, old)).body).toEqual({ active: false });
});
