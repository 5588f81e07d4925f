import { describe, expect, test } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { type SigningAlgorithm } from '../../src/index.js';
import { createM2m, get, grant, manage } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { headersOf } from './headers.js';
import { open } from './open.js';

const rotate = (server: TestServer) => manage(server, 'POST', '/signing_keys/rotate');
const encryptionKey = 'ab'.repeat(32);

describe('the JWK Set', () => {
  const rsa = ['alg', 'e', 'kid', 'kty', 'n', 'use'];
  const members: [SigningAlgorithm, string, string[]][] = [
    ['RS256', 'RSA', rsa],
    ['PS256', 'RSA', rsa],
    ['ES256', 'EC', ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']],
    ['EdDSA', 'OKP', ['alg', 'crv', 'kid', 'kty', 'use', 'x']],
  ];
  test.each(members)(
    'of %s has the active and the next key, and of each the public members only',
    async (algorithm, kty, names) => {
      const server = await open({ keys: { algorithm, encryptionKey } });
      const answer = await get(server, '/oauth2/jwks');
      expect([answer.status, headersOf(answer)]).toEqual([
        200,
        {
          'access-control-allow-origin': '*',
          'cache-control': 'public, max-age=300',
          'content-type': 'application/json; charset=utf-8',
          vary: 'Origin',
          'x-content-type-options': 'nosniff',
        },
      ]);
      expect(Object.keys(answer.body)).toEqual(['keys']);
      expect(answer.body.keys).toHaveLength(2);
      for (const key of answer.body.keys) {
        expect(Object.keys(key).sort()).toEqual(names);
        expect(key).toMatchObject({ alg: algorithm, kty, use: 'sig' });
        expect(key.kid).toMatch(/^sso_oidc_key_pair_[0-9A-Z]{26}$/);
      }
      const token = await grant(server, await createM2m(server));
      expect(decodeProtectedHeader(token)).toEqual({ alg: algorithm, kid: answer.body.keys[0].kid, typ: 'at+jwt' });
    },
  );

  test('is at /sso/jwks/<environment client id> as well, and at no other client id', async () => {
    const server = await open();
    const answer = await get(server, `/sso/jwks/${server.server.environmentClientId}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=300']);
    expect(answer.body).toEqual((await get(server, '/oauth2/jwks')).body);
    const { clientId } = await createM2m(server);
    expect((await get(server, `/sso/jwks/${clientId}`)).status).toBe(404);
  });
});

test('no answer has a private member', async () => {
  const server = await open();
  const { privateJwk } = server.server.parts.signingKeys.current.active;
  const answers = [
    await get(server, '/oauth2/jwks'),
    await get(server, `/sso/jwks/${server.server.environmentClientId}`),
    await manage(server, 'GET', '/signing_keys'),
    await rotate(server),
    await get(server, '/oauth2/jwks'),
    await get(server, '/.well-known/openid-configuration'),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/"(d|p|q|dp|dq|qi|k|sealed\w*|private\w*)":/i);
    expect(JSON.stringify(body)).not.toContain(privateJwk.d);
  }
  expect(server.log.join()).not.toContain(privateJwk.d);
});
