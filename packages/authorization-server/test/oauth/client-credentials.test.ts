import { describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { SigningAlgorithm } from '../../src/index.js';
import { createM2m, get, grant, type M2m, manage, post } from '../kit/client.js';
import { headersOf, oauthHeaders } from './headers.js';
import { open } from './open.js';

const server = await open();
const m2m = await createM2m(server);
const encryptionKey = 'ab'.repeat(32);
const ulid = /^[0-9A-HJKMNP-TV-Z]{26}$/;

const ask = ({ credentials }: Pick<M2m, 'credentials'>, more: Record<string, string> = {}, at = server) =>
  post(at, '/oauth2/token', { grant_type: 'client_credentials', ...credentials, ...more });

describe('the answer', () => {
  test('is a bearer token, its lifetime and its scopes, and is kept by no cache', async () => {
    const answer = await ask(m2m);
    expect([answer.status, headersOf(answer)]).toEqual([200, oauthHeaders]);
    expect(answer.headers.get('x-request-id')).toMatch(/^request_[0-9A-Z]{26}$/);
    expect(answer.body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      expires_in: 3_600,
      scope: 'projects:read projects:write',
      token_type: 'Bearer',
    });
  });

  test('is the same for credentials in the header', async () => {
    const authorization = `Basic ${Buffer.from(`${m2m.clientId}:${m2m.clientSecret}`).toString('base64')}`;
    const answer = await post(server, '/oauth2/token', { grant_type: 'client_credentials' }, { authorization });
    expect([answer.status, headersOf(answer), answer.body.token_type]).toEqual([200, oauthHeaders, 'Bearer']);
    expect(decodeJwt(answer.body.access_token).sub).toBe(m2m.clientId);
  });

  test.each(['/oauth2/token/', '/OAUTH2/TOKEN', '/oauth2/token?grant_type=x'])('is the same at %s', async (path) => {
    const answer = await post(server, path, { grant_type: 'client_credentials', ...m2m.credentials });
    expect([answer.status, answer.body.expires_in]).toEqual([200, 3_600]);
  });
});

describe('the token', () => {
  const claimsFor = (at: typeof server, client: M2m, token: string) => {
    const { iat, jti } = decodeJwt(token) as { iat: number; jti: string };
    expect(Math.abs(iat - Date.now() / 1000)).toBeLessThan(60);
    return {
      aud: at.server.environmentClientId,
      client_id: client.clientId,
      exp: iat + 3_600,
      iat,
      iss: at.issuer,
      jti,
      org_id: client.organizationId,
      scope: 'projects:read projects:write',
      sub: client.clientId,
    };
  };

  test('is an access token of RFC 9068 in the profile standard', async () => {
    const token = await grant(server, m2m);
    const kid = server.server.parts.signingKeys.current.active.kid;
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid, typ: 'at+jwt' });
    expect(decodeJwt(token)).toEqual(claimsFor(server, m2m, token));
    expect(server.server.environmentClientId).toMatch(/^client_/);
    expect(decodeJwt(token).jti).toMatch(/^[\w-]{43}$/);
  });

  test('has no typ, and a ULID as jti, in the profile workos', async () => {
    const workos = await open({ tokens: { profile: 'workos' } });
    const client = await createM2m(workos);
    const token = await grant(workos, client);
    const kid = workos.server.parts.signingKeys.current.active.kid;
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid });
    expect(decodeJwt(token)).toEqual(claimsFor(workos, client, token));
    expect(decodeJwt(token).jti).toMatch(ulid);
  });

  const algorithms: SigningAlgorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];
  test.each(algorithms)('is signed by %s where keys.algorithm says so', async (algorithm) => {
    const own = await open({ keys: { algorithm, encryptionKey } });
    const token = await grant(own, await createM2m(own));
    const { protectedHeader } = await jwtVerify(token, createLocalJWKSet((await get(own, '/oauth2/jwks')).body));
    expect(protectedHeader.alg).toBe(algorithm);
  });

  test('lives as long as tokens.accessTokenSeconds says, and is for environmentClientId', async () => {
    const own = await open({ tokens: { accessTokenSeconds: 77 }, environmentClientId: 'client_mine' });
    const { body } = await ask(await createM2m(own), {}, own);
    const { aud, exp, iat } = decodeJwt(body.access_token) as { aud: string; exp: number; iat: number };
    expect([body.expires_in, exp - iat, aud]).toEqual([77, 77, 'client_mine']);
  });

  test('is told to the audit trail, without itself', async () => {
    const { body, headers } = await ask(m2m);
    const event = server.events.find(({ http }) => http?.request_id === headers.get('x-request-id'));
    expect(event).toMatchObject({
      action: 'token.issued',
      decision: 'allow',
      actor: { type: 'm2m_client', id: m2m.clientId },
      application: { client_id: m2m.clientId },
      org: { id: m2m.organizationId, source: 'resource' },
      http: { method: 'POST', route: '/oauth2/token' },
      details: { scope: 'projects:read projects:write', audience: server.server.environmentClientId },
    });
    const told = JSON.stringify(event);
    const { jti } = decodeJwt(body.access_token) as { jti: string };
    for (const secret of [jti, m2m.clientSecret, body.access_token]) expect(told).not.toContain(secret);
  });
});

describe('the scopes', () => {
  test.each([
    ['all of the application where none is asked for', {}, 'projects:read projects:write'],
    ['all where an empty list is asked for', { scope: '' }, 'projects:read projects:write'],
    ['those asked for', { scope: 'projects:read' }, 'projects:read'],
    ['those asked for, once', { scope: 'projects:write projects:read projects:write' }, 'projects:write projects:read'],
  ])('are %s', async (_what, more, scope) => {
    const { body } = await ask(m2m, more);
    expect([body.scope, decodeJwt(body.access_token).scope]).toEqual([scope, scope]);
  });

  test.each(['admin', 'projects:read admin', 'PROJECTS:READ', 'projects:read,projects:write', 'openid'])(
    'are not %s, and then there is no token',
    async (scope) => {
      const { status, body } = await ask(m2m, { scope });
      expect([status, body]).toEqual([
        400,
        {
          error: 'invalid_scope',
          error_description: 'requested scope is not one of the application',
          scope: scope.replace('projects:read ', ''),
        },
      ]);
    },
  );

  test('are none of an application that has none', async () => {
    const bare = await createM2m(server, []);
    const { status, body } = await ask(bare);
    expect([status, Object.keys(body).sort()]).toEqual([200, ['access_token', 'expires_in', 'token_type']]);
    expect(decodeJwt(body.access_token)).not.toHaveProperty('scope');
    expect((await ask(bare, { scope: 'projects:read' })).body.error).toBe('invalid_scope');
  });

  test('are at the next token those that the application was given', async () => {
    const client = await createM2m(server);
    await manage(server, 'PUT', `/connect/applications/${client.applicationId}`, { scopes: ['a', 'b'] });
    expect((await ask(client)).body.scope).toBe('a b');
    expect((await ask(client, { scope: 'projects:read' })).body.error).toBe('invalid_scope');
  });
});

describe('the resource', () => {
  const invoices = 'https://invoices.test/api';

  test('that is known is the audience', async () => {
    const own = await open({ resources: [invoices, 'urn:files'] });
    const client = await createM2m(own);
    for (const resource of [invoices, 'urn:files']) {
      const { body } = await ask(client, { resource }, own);
      expect([decodeJwt(body.access_token).aud, body.scope]).toEqual([resource, 'projects:read projects:write']);
    }
    expect(decodeJwt(await grant(own, client)).aud).toBe(own.server.environmentClientId);
  });

  test('that is not known, to the letter, is refused', async () => {
    const own = await open({ resources: [invoices] });
    const client = await createM2m(own);
    for (const resource of ['https://other.test', `${invoices}/`, invoices.toUpperCase(), `${invoices}?x=1`]) {
      const { status, body } = await ask(client, { resource }, own);
      expect([status, body]).toEqual([
        400,
        { error: 'invalid_target', error_description: 'the resource is not known here' },
      ]);
    }
    for (const resource of ['invoices', `${invoices}#x`]) {
      expect((await ask(client, { resource }, own)).body.error).toBe('invalid_target');
    }
    expect((await ask(client, { resource: invoices, scope: 'admin' }, own)).body.error).toBe('invalid_scope');
  });

  test('means nothing where no resources are known, as with WorkOS', async () => {
    const { status, body } = await ask(m2m, { resource: invoices });
    expect([status, decodeJwt(body.access_token).aud]).toEqual([200, server.server.environmentClientId]);
  });

  test('named twice is one too many', async () => {
    const own = await open({ resources: [invoices, 'urn:files'] });
    const { credentials } = await createM2m(own);
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...credentials, resource: invoices });
    form.append('resource', 'urn:files');
    expect((await post(own, '/oauth2/token', form)).body.error).toBe('invalid_target');
  });
});
