import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createM2m, get } from '../kit/client.js';
import { headersOf } from './headers.js';
import { open } from './open.js';
import { form, raw } from './raw-request.js';
import { consent, redirectUri } from './user-tokens.js';

const openidConfiguration = '/.well-known/openid-configuration';
const authorizationServer = '/.well-known/oauth-authorization-server';

const server = await open();
const { issuer } = server;

const publicHeaders = {
  'access-control-allow-origin': '*',
  'content-type': 'application/json; charset=utf-8',
  vary: 'Origin',
  'x-content-type-options': 'nosniff',
};

const common = (base: string) => ({
  authorization_endpoint: `${base}/oauth2/authorize`,
  introspection_endpoint: `${base}/oauth2/introspection`,
  issuer: base,
  jwks_uri: `${base}/oauth2/jwks`,
  response_types_supported: ['code'],
  scopes_supported: ['email', 'offline_access', 'openid', 'profile'],
  token_endpoint: `${base}/oauth2/token`,
  token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
});

const standard = {
  ...common(issuer),
  authorization_response_iss_parameter_supported: true,
  code_challenge_methods_supported: ['S256'],
  dpop_signing_alg_values_supported: ['ES256', 'Ed25519', 'EdDSA'],
  grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
  introspection_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
  request_uri_parameter_supported: false,
  response_modes_supported: ['query', 'fragment', 'form_post'],
  revocation_endpoint: `${issuer}/oauth2/revoke`,
  revocation_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
};

describe('the profile standard', () => {
  test('openid-configuration says what the server does', async () => {
    const answer = await get(server, openidConfiguration);
    expect([answer.status, headersOf(answer)]).toEqual([200, publicHeaders]);
    expect(answer.body).toEqual({
      ...standard,
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'],
    });
  });

  test('oauth-authorization-server says the same but what is OpenID Connect’s', async () => {
    const answer = await get(server, authorizationServer);
    expect([answer.status, headersOf(answer)]).toEqual([200, publicHeaders]);
    expect(answer.body).toEqual(standard);
  });

  test.each(['ES256', 'EdDSA', 'PS256'] as const)(
    'the algorithm of ID tokens is %s where keys.algorithm is',
    async (algorithm) => {
      const other = await open({ keys: { algorithm, encryptionKey: 'ab'.repeat(32) } });
      const { body } = await get(other, openidConfiguration);
      expect(body.id_token_signing_alg_values_supported).toEqual([algorithm]);
    },
  );
});

test('in the profile workos both documents say what WorkOS’s say, of what there is', async () => {
  const workos = await open({ tokens: { profile: 'workos' } });
  expect((await get(workos, openidConfiguration)).body).toEqual({
    ...common(workos.issuer),
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
  });
  expect((await get(workos, authorizationServer)).body).toEqual({
    ...common(workos.issuer),
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    response_modes_supported: ['query'],
  });
});

test('every endpoint that is named is there', async () => {
  const named = Object.entries(standard).filter(([name]) => /_(endpoint|uri)$/.test(name));
  expect(named).toHaveLength(5);
  for (const [name, url] of named) {
    const method = name === 'jwks_uri' || name === 'authorization_endpoint' ? 'GET' : 'POST';
    expect([name, (await fetch(url as string, { method, redirect: 'manual' })).status]).not.toEqual([name, 404]);
  }
});

test.each([`${openidConfiguration}/`, openidConfiguration.toUpperCase()])(
  '%s is openid-configuration too',
  async (path) => {
    expect((await get(server, path)).body.subject_types_supported).toEqual(['public']);
  },
);

test.each([`${authorizationServer}/`, authorizationServer.toUpperCase()])(
  '%s is oauth-authorization-server too',
  async (path) => {
    expect((await get(server, path)).body).toEqual(standard);
  },
);

describe('whatever a request claims about the host, nothing of it shows:', () => {
  const claims: [string, Record<string, string>][] = [
    ['Host', { host: 'evil.test' }],
    ['Host with a port', { host: 'evil.test:1' }],
    ['X-Forwarded-Host', { 'x-forwarded-host': 'evil.test' }],
    ['several of X-Forwarded-Host', { 'x-forwarded-host': 'evil.test, evil.test' }],
    ['X-Forwarded-Proto', { 'x-forwarded-proto': 'evil' }],
    ['X-Forwarded-Port, X-Forwarded-Prefix', { 'x-forwarded-port': '666', 'x-forwarded-prefix': '/evil' }],
    ['Forwarded', { forwarded: 'for=1.1.1.1;host=evil.test;proto=evil' }],
    ['X-Original-URL', { 'x-original-url': 'http://evil.test/', 'x-rewrite-url': '/evil' }],
    [
      'all of them',
      { host: 'evil.test', 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'evil', forwarded: 'host=evil.test' },
    ],
  ];
  const spoof = /evil\.test|evil:|\/evil|:666/;
  const shown = ({ headers, body }: { headers: object; body: string }) => `${JSON.stringify(headers)}${body}`;

  test.each(claims)('%s', async (_what, headers) => {
    for (const path of [openidConfiguration, authorizationServer, '/oauth2/jwks']) {
      const [honest, spoofed] = [await raw(server, 'GET', path), await raw(server, 'GET', path, headers)];
      expect([path, spoofed.status, spoofed.body]).toEqual([path, 200, honest.body]);
      expect(shown(spoofed)).not.toMatch(spoof);
    }

    const { client } = await consent(server);
    const query = new URLSearchParams({ client_id: client.clientId, redirect_uri: redirectUri, response_type: 'code' });
    const redirected = await raw(server, 'GET', `/oauth2/authorize?${query}&scope=openid`, headers);
    expect(redirected.headers.location).toMatch(/^https:\/\/app\.test\/callback\?error=login_required&/);
    expect(new URL(redirected.headers.location as string).searchParams.get('iss')).toBe(issuer);

    const page = await raw(server, 'GET', '/oauth2/authorize', headers);
    const { credentials } = await createM2m(server);
    const token = await raw(server, 'POST', '/oauth2/token', { ...form, ...headers }, [
      `${new URLSearchParams({ grant_type: 'client_credentials', ...credentials })}`,
    ]);
    expect([page.status, token.status]).toEqual([400, 200]);
    const authorization = `Basic ${Buffer.from(`${credentials.client_id}:x`).toString('base64')}`;
    const refused = await raw(server, 'POST', '/oauth2/token', { ...form, ...headers, authorization }, [
      'grant_type=x',
    ]);
    expect(refused.headers['www-authenticate']).toContain(`realm="${issuer}"`);
    for (const answer of [redirected, page, token, refused]) expect(shown(answer)).not.toMatch(spoof);
  });

  test.each(claims)('%s, nor do DPoP proofs count for that host (RFC 9449 §4.3)', async (_what, headers) => {
    const { credentials } = await createM2m(server);
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = await exportJWK(publicKey);
    const ask = async (htu: string) => {
      const claims = { htm: 'POST', htu, jti: randomUUID() };
      const proof = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk }).setIssuedAt();
      const body = `${new URLSearchParams({ grant_type: 'client_credentials', ...credentials })}`;
      const sent = { ...form, ...headers, dpop: await proof.sign(privateKey) };
      const answer = await raw(server, 'POST', '/oauth2/token', sent, [body]);
      return [answer.status, JSON.parse(answer.body).token_type ?? JSON.parse(answer.body).error];
    };
    expect(await ask(`${issuer}/oauth2/token`)).toEqual([200, 'DPoP']);
    expect(await ask('http://evil.test/oauth2/token')).toEqual([400, 'invalid_dpop_proof']);
    expect(await ask(`${issuer.replace('http:', 'https:')}/oauth2/token`)).toEqual([400, 'invalid_dpop_proof']);
  });
});
