import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createM2m, get, post } from '../kit/client.js';
import type { TestServer } from '../kit/open-server.js';
import { introspect } from './introspect.js';
import { open } from './open.js';
import { consent, createCode } from './user-tokens.js';

const { publicKey, privateKey } = await generateKeyPair('ES256');
const jwk = await exportJWK(publicKey);
const proofFor = ({ issuer }: TestServer) =>
  new SignJWT({ htm: 'POST', htu: `${issuer}/oauth2/token`, jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
    .setIssuedAt()
    .sign(privateKey);

async function ask(server: TestServer, dpop: string) {
  const m2m = await createM2m(server);
  const form = { grant_type: 'client_credentials', ...m2m.credentials };
  const { status, headers, body } = await post(server, '/oauth2/token', form, { dpop });
  const introspected = status === 200 ? (await introspect(server, m2m, body.access_token)).body : undefined;
  return { status, headers, body, introspected };
}

test('in the profile standard a DPoP proof binds the token, and a wrong one is refused', async () => {
  const server = await open();
  const { body, introspected } = await ask(server, await proofFor(server));
  const cnf = { jkt: await calculateJwkThumbprint(jwk) };
  expect([body.token_type, decodeJwt(body.access_token).cnf, introspected]).toEqual([
    'DPoP',
    cnf,
    expect.objectContaining({ active: true, cnf }),
  ]);
  expect((await ask(server, 'x')).status).toBe(400);
});

test('in the profile workos a DPoP header changes nothing, and none is offered', async () => {
  const server = await open({ tokens: { profile: 'workos' } });
  for (const dpop of [await proofFor(server), 'x', '']) {
    const { status, headers, body, introspected } = await ask(server, dpop);
    expect([status, body.token_type, headers.get('dpop-nonce')]).toEqual([200, 'Bearer', null]);
    expect(decodeJwt(body.access_token).cnf).toBeUndefined();
    expect([introspected.active, introspected.cnf]).toEqual([true, undefined]);
  }
  const { form } = await createCode(await consent(server));
  const users = await post(server, '/oauth2/token', form, { dpop: await proofFor(server) });
  expect([users.status, users.body.token_type, decodeJwt(users.body.access_token).cnf]).toEqual([
    200,
    'Bearer',
    undefined,
  ]);
  for (const name of ['openid-configuration', 'oauth-authorization-server']) {
    const { body } = await get(server, `/.well-known/${name}`);
    expect(Object.keys(body).filter((key) => key.startsWith('dpop'))).toEqual([]);
  }
});
