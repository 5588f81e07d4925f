import { describe, expect, test } from '@jest/globals';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { createM2m, type M2m, post } from '../kit/client.js';
import { open } from './open.js';
import { consent, createCode, redirectUri } from './user-tokens.js';

// Clients that others wrote, against this server.

const server = await open();
const m2m = await createM2m(server);
const audience = server.server.environmentClientId;

describe('openid-client', () => {
  const discover = (algorithm: 'oidc' | 'oauth2', client: M2m = m2m, at = server) =>
    openid.discovery(new URL(at.issuer), client.clientId, client.clientSecret, undefined, {
      algorithm,
      execute: [openid.allowInsecureRequests],
    });

  test.each(['oidc', 'oauth2'] as const)(
    'by %s finds the server, gets a token, asks about it, and ends it',
    async (algorithm) => {
      const config = await discover(algorithm);
      expect(config.serverMetadata().supportsPKCE()).toBe(true);
      const { access_token, token_type, scope } = await openid.clientCredentialsGrant(config, {
        scope: 'projects:read',
      });
      expect([token_type, scope]).toEqual(['bearer', 'projects:read']);
      expect(await openid.tokenIntrospection(config, access_token)).toMatchObject({
        active: true,
        client_id: m2m.clientId,
        org_id: m2m.organizationId,
      });
      await openid.tokenRevocation(config, access_token);
      expect(await openid.tokenIntrospection(config, access_token)).toEqual({ active: false });
    },
  );

  test.each([
    ['client_secret_post', openid.ClientSecretPost],
    ['client_secret_basic', openid.ClientSecretBasic],
  ])('proves who it is by %s', async (_method, prove) => {
    const execute = [openid.allowInsecureRequests];
    const authentication = prove(m2m.clientSecret);
    const config = await openid.discovery(new URL(server.issuer), m2m.clientId, {}, authentication, { execute });
    expect((await openid.clientCredentialsGrant(config)).expires_in).toBe(3_600);
  });

  test('hears why it is refused', async () => {
    const config = await discover('oidc', { ...m2m, clientSecret: 'x' });
    const refusal = { error: 'invalid_client', status: 401 };
    await expect(openid.clientCredentialsGrant(config)).rejects.toMatchObject(refusal);
    const good = await discover('oidc');
    const asked = openid.clientCredentialsGrant(good, { scope: 'admin' });
    await expect(asked).rejects.toMatchObject({ error: 'invalid_scope', status: 400 });
  });

  test('redeems a code with its ID token, and refreshes', async () => {
    const consented = await consent(server);
    const { client_id, client_secret } = consented.client.credentials as M2m['credentials'];
    const config = await discover('oidc', { ...m2m, clientId: client_id, clientSecret: client_secret });
    const { form } = await createCode(consented);
    const callback = new URL(
      `${redirectUri}?${new URLSearchParams({ code: form.code as string, iss: server.issuer })}`,
    );
    const tokens = await openid.authorizationCodeGrant(config, callback, {
      pkceCodeVerifier: form.code_verifier as string,
      idTokenExpected: true,
    });
    expect(tokens.claims()?.sub).toBe(consented.member.userId);
    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token as string);
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    await openid.tokenRevocation(config, renewed.refresh_token as string);
    await expect(openid.refreshTokenGrant(config, renewed.refresh_token as string)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  test('works in the profile workos, where it finds no revocation', async () => {
    const workos = await open({ tokens: { profile: 'workos' } });
    const client = await createM2m(workos);
    for (const algorithm of ['oidc', 'oauth2'] as const) {
      const config = await discover(algorithm, client, workos);
      expect(config.serverMetadata().revocation_endpoint).toBeUndefined();
      const { access_token } = await openid.clientCredentialsGrant(config);
      expect((await openid.tokenIntrospection(config, access_token)).token_type).toBe('access_token');
    }
  });
});

describe('oauth4webapi', () => {
  const insecure = { [oauth.allowInsecureRequests]: true };
  const discover = async (algorithm: 'oidc' | 'oauth2', at = server) => {
    const issuer = new URL(at.issuer);
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm, ...insecure }));
  };
  const client: oauth.Client = { client_id: m2m.clientId };
  const authentication = oauth.ClientSecretPost(m2m.clientSecret);

  test.each(['oidc', 'oauth2'] as const)(
    'by %s gets a token that it takes for a JWT access token of RFC 9068',
    async (algorithm) => {
      const as = await discover(algorithm);
      const response = await oauth.clientCredentialsGrantRequest(as, client, authentication, {}, insecure);
      const { access_token } = await oauth.processClientCredentialsResponse(as, client, response);
      const request = new Request('https://api.test/projects', {
        headers: { authorization: `Bearer ${access_token}` },
      });
      expect(await oauth.validateJwtAccessToken(as, request, audience, insecure)).toMatchObject({
        client_id: m2m.clientId,
        org_id: m2m.organizationId,
        scope: 'projects:read projects:write',
      });
      await expect(oauth.validateJwtAccessToken(as, request, 'client_other', insecure)).rejects.toThrow(/"aud"/);

      const asked = await oauth.introspectionRequest(as, client, authentication, access_token, insecure);
      expect((await oauth.processIntrospectionResponse(as, client, asked)).active).toBe(true);
      const ended = await oauth.revocationRequest(as, client, authentication, access_token, insecure);
      expect(await oauth.processRevocationResponse(ended)).toBeUndefined();
    },
  );

  test('takes a user’s access token for one, and no ID token', async () => {
    const consented = await consent(server);
    const { form } = await createCode(consented);
    const as = await discover('oidc');
    const { body: tokens } = await post(server, new URL(as.token_endpoint as string).pathname, form);
    const request = (token: string) =>
      new Request('https://api.test', { headers: { authorization: `Bearer ${token}` } });
    const claims = await oauth.validateJwtAccessToken(as, request(tokens.access_token), audience, insecure);
    expect(claims).toMatchObject({ sub: consented.member.userId, org_id: consented.member.organizationId });
    const taken = oauth.validateJwtAccessToken(as, request(tokens.id_token), consented.client.clientId, insecure);
    await expect(taken).rejects.toThrow();
  });

  test('hears a challenge for a wrong secret in the header', async () => {
    const as = await discover('oauth2');
    const wrong = oauth.ClientSecretBasic('x');
    const response = await oauth.clientCredentialsGrantRequest(as, client, wrong, {}, insecure);
    const processed = oauth.processClientCredentialsResponse(as, client, response);
    await expect(processed).rejects.toMatchObject({
      status: 401,
      cause: [{ scheme: 'basic', parameters: { realm: server.issuer, error: 'invalid_client' } }],
    });
  });
});
