import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { createFixedClock, type TestIssuer } from '../../src/index.js';
import { openIssuer, places, post, secretOf } from '../open-issuer.js';

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});
const odd = { clientId: 'client:ü', clientSecret: 'p+ %&=' };
const keyed = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const clients = [
  odd,
  { clientId: 'client_K', publicKey: keyed.publicKey },
  { clientId: 'client_J', publicKey: keyed.publicKey.export({ format: 'jwk' }) },
];

const ask = (issuer: TestIssuer, form: Record<string, string>, headers: Record<string, string> = {}) =>
  post(issuer, '/oauth2/introspection', { token: 'x', ...form }, headers);

describe.each(places)('client_secret_basic, %s', (_place, options) => {
  test('right and wrong', async () => {
    const issuer = await openIssuer({ ...options, clients });
    const { clientId, clientSecret } = issuer.client;
    expect((await ask(issuer, {}, basic(clientId, clientSecret))).status).toBe(200);
    expect(issuer.lastIntrospection).toEqual({ authMethod: 'client_secret_basic' });
    // URLSearchParams encodes as RFC 6749 Appendix B asks: a blank becomes a plus.
    const [id = '', secret = ''] = new URLSearchParams({ [odd.clientId]: odd.clientSecret }).toString().split('=');
    expect((await ask(issuer, {}, basic(id, secret))).status).toBe(200);

    for (const headers of [
      basic(clientId, 'wrong'),
      basic('x', clientSecret),
      { authorization: 'Basic !' },
      basic('%', ''),
    ]) {
      const response = await ask(issuer, {}, headers);
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="OAuth"']);
      expect(await response.json()).toMatchObject({ error: 'invalid_client' });
    }
  });
});

test('client_secret_post: a wrong secret is answered without a challenge', async () => {
  const issuer = await openIssuer();
  const response = await ask(issuer, { ...secretOf(issuer), client_secret: 'wrong' });
  expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, null]);
  expect(await response.json()).toMatchObject({ error: 'invalid_client' });
});

test('two methods at once are refused', async () => {
  const issuer = await openIssuer();
  const { clientId, clientSecret } = issuer.client;
  const response = await ask(issuer, secretOf(issuer), basic(clientId, clientSecret));
  expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_request' }]);
});

describe('private_key_jwt', () => {
  const clock = createFixedClock();
  const now = clock.now() / 1000;
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

  const assert = (claims: Record<string, unknown>, key = keyed.privateKey) =>
    new SignJWT({ iss: 'client_K', sub: 'client_K', exp: now + 60, jti: crypto.randomUUID(), ...claims })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(key);

  test.each([
    ['the issuer', (issuer: TestIssuer) => issuer.issuer],
    ['the endpoint', (issuer: TestIssuer) => `${issuer.issuer}/oauth2/introspection`],
    ['a list with the token endpoint', (issuer: TestIssuer) => ['x', `${issuer.issuer}/oauth2/token`]],
  ])('is good for %s, once', async (_audience, audienceOf) => {
    const issuer = await openIssuer({ clients, clock });
    const form = { client_assertion_type: type, client_assertion: await assert({ aud: audienceOf(issuer) }) };
    expect((await ask(issuer, form)).status).toBe(200);
    expect(issuer.lastIntrospection).toEqual({ authMethod: 'private_key_jwt' });
    const again = await ask(issuer, form);
    expect([again.status, await again.json()]).toMatchObject([401, { error: 'invalid_client' }]);
  });

  test('takes a key given as a JWK, and any client_id that agrees', async () => {
    const issuer = await openIssuer({ clients, clock });
    const assertion = await assert({ iss: 'client_J', sub: 'client_J', aud: issuer.issuer });
    const form = { client_assertion_type: type, client_assertion: assertion };
    expect((await ask(issuer, { ...form, client_id: 'client_K' })).status).toBe(401);
    const another = await assert({ iss: 'client_J', sub: 'client_J', aud: issuer.issuer });
    expect((await ask(issuer, { ...form, client_assertion: another, client_id: 'client_J' })).status).toBe(200);
  });

  test.each([
    ['another audience', { aud: 'https://elsewhere.test' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'client_J' }],
    ['an unknown client', { sub: 'client_X' }],
    ['a client with no key', { sub: odd.clientId, iss: odd.clientId }],
    ['a past expiry', { exp: now }],
    ['no expiry', { exp: undefined }],
    ['no jti', { jti: undefined }],
  ])('is refused with %s', async (_case, claims) => {
    const issuer = await openIssuer({ clients, clock });
    const assertion = await assert({ aud: issuer.issuer, ...claims });
    const response = await ask(issuer, { client_assertion_type: type, client_assertion: assertion });
    expect([response.status, await response.json()]).toMatchObject([401, { error: 'invalid_client' }]);
  });

  test('is refused with another key, as no JWT, or under another type', async () => {
    const issuer = await openIssuer({ clients, clock });
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const foreign = await assert({ aud: issuer.issuer }, stranger);
    expect((await ask(issuer, { client_assertion_type: type, client_assertion: foreign })).status).toBe(401);
    expect((await ask(issuer, { client_assertion_type: type, client_assertion: 'x' })).status).toBe(401);
    const good = await assert({ aud: issuer.issuer });
    expect((await ask(issuer, { client_assertion_type: 'x', client_assertion: good })).status).toBe(400);
  });
});
