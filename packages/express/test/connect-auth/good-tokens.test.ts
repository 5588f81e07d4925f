import { defaultOrgId, defaultUserId } from '@connect-auth/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth, currentAuth } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, type OpenIssuer, openIssuer } from '../open-issuer.js';

let world: OpenIssuer;
beforeAll(async () => {
  world = await openIssuer({ introspectionScope: true });
});

/** The claims as the issuer wrote them. */
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** Noon of 1 January 2026, where the clock stands. */
const noon = Date.UTC(2026, 0, 1, 12) / 1000;

describe.each(expressVersions)('%s', (_name, express) => {
  const ask = async (token: string) => {
    const { app, reached } = openApi(express, connectAuth(world.trust({ profile: 'connect' })));
    const { status, body } = await request(app).get('/projects').set(bearer(token));
    return { status, auth: body.auth, reached };
  };
  const common = () => ({
    issuer: world.issuer.issuer,
    orgId: defaultOrgId,
    scopes: ['projects:read'],
    issuedAt: noon,
  });
  const clientId = () => world.issuer.client.clientId;

  test.each([
    ['a plain token', () => world.issuer.token(), 300],
    ['an M2M token of Connect', () => world.issuer.connectToken.m2m(), 3600],
    ['an M2M token of Connect without client_id', () => world.issuer.connectToken.m2m({ clientId: 'absent' }), 3600],
  ])('%s: 200, and req.auth is the client', async (_kind, mint, lifetimeSeconds) => {
    const token = mint();
    const claims = claimsOf(token);
    const { status, auth } = await ask(token);
    expect(status).toBe(200);
    expect(auth).toEqual({
      ...common(),
      subject: clientId(),
      actor: { type: 'client', id: clientId() },
      clientId: clientId(),
      tokenId: claims.jti,
      expiresAt: noon + lifetimeSeconds,
      claims,
      verifiedBy: 'jwks',
    });
  });

  test('a user’s token of Connect: 200, and req.auth is the user', async () => {
    const token = world.issuer.connectToken.user();
    const claims = claimsOf(token);
    const { status, auth } = await ask(token);
    expect(status).toBe(200);
    expect(auth).toEqual({
      ...common(),
      subject: defaultUserId,
      actor: { type: 'user', id: defaultUserId },
      userId: defaultUserId,
      clientId: clientId(),
      sessionId: claims.sid,
      tokenId: claims.jti,
      expiresAt: noon + 300,
      claims,
      verifiedBy: 'jwks',
    });
  });

  test('an opaque token: 200, and req.auth is what the issuer answered', async () => {
    const { status, auth } = await ask(world.issuer.opaqueToken({ org: 'org_B' }));
    expect(status).toBe(200);
    expect(auth).toMatchObject({
      ...common(),
      orgId: 'org_B',
      actor: { type: 'client', id: clientId() },
      expiresAt: noon + 300,
      claims: { active: true, org_id: 'org_B', token_type: 'access_token' },
      verifiedBy: 'introspection',
    });
  });

  test('the token is there for calls on behalf of its owner, and in no JSON', async () => {
    const token = world.issuer.token();
    const { auth, reached } = await ask(token);
    expect(reached[0]?.auth.token).toBe(token);
    expect(JSON.stringify(auth)).not.toContain(token.split('.')[2]);
  });

  test('req.auth is frozen, and the very object that currentAuth() gives', async () => {
    const seen: unknown[] = [];
    const { app, reached } = openApi(express, connectAuth(world.trust()), (_req, _res, next) => {
      seen.push(currentAuth());
      next();
    });
    await request(app).get('/').set(bearer(world.issuer.token())).expect(200);
    expect(seen).toEqual([reached[0]?.auth]);
    expect(seen[0]).toBe(reached[0]?.auth);
    expect(Object.isFrozen(reached[0]?.auth)).toBe(true);
  });
});
