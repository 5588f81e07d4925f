import { ConfigurationError } from '@connect-auth/core';
import { defaultOrgId } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth, currentAuth, requireLive, requireOrg, requireScopes } from '../../src/index.js';
import { answerOf, insufficientScope, invalidToken, issuerUnavailable, kept } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

describe.each(expressVersions)('%s', (_name, express) => {
  test('asks the issuer at every request, where connectAuth() alone asks never', async () => {
    const { issuer, trust } = await openIssuer();
    const live = openApi(express, connectAuth(trust()), requireLive());
    const local = openApi(express, connectAuth(trust()));
    const token = issuer.token();
    for (const { app } of [live, local, live, local, live]) await request(app).get('/').set(bearer(token)).expect(200);
    expect(issuer.requests.introspection).toBe(3);
  });

  test.each(['jwt', 'opaque'] as const)('a %s token that was revoked at the issuer: 401 at once', async (kind) => {
    const { issuer, trust } = await openIssuer();
    const { app, reached } = openApi(express, connectAuth(trust()), requireLive());
    const token = kind === 'jwt' ? issuer.token() : issuer.opaqueToken();
    await request(app).get('/').set(bearer(token)).expect(200);
    issuer.revoke(token);
    expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(invalidToken);
    expect(reached).toHaveLength(1);
  });

  test.each(['error500', 'refused', 'html', 'reset', 'empty', 'redirect'] as const)(
    'an issuer that does not say (%s): 503 and Retry-After, and the handler is not reached',
    async (mode) => {
      const { issuer, trust } = await openIssuer();
      const { app, reached } = openApi(express, connectAuth(trust()), requireLive());
      const token = issuer.token();
      await request(app).get('/').set(bearer(token)).expect(200);
      issuer.fail('introspection', mode);
      expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(issuerUnavailable('1'));
      expect(reached).toHaveLength(1);
    },
  );

  test('an issuer that never answers: 503 and Retry-After after three seconds', async () => {
    const { issuer, clock, trust } = await openIssuer();
    const { app, reached } = openApi(express, connectAuth(trust()), requireLive());
    issuer.fail('introspection', 'hang');
    const asking = request(app).get('/').set(bearer(issuer.token())).then(answerOf);
    await issuer.whenInFlight('introspection');
    clock.advanceMs(3_000);
    expect(await asking).toEqual(issuerUnavailable('1'));
    expect(reached).toEqual([]);
  });

  test('without introspection configured: 500 by the error handler, naming what is missing', async () => {
    const { issuer, trustKeysOnly } = await openIssuer();
    const { app, reached, errors } = openApi(express, connectAuth(trustKeysOnly()), requireLive());
    expect(answerOf(await request(app).get('/').set(bearer(issuer.token())))).toEqual(kept);
    expect(reached).toEqual([]);
    expect(errors).toEqual([
      new ConfigurationError('introspection', 'is not configured, and a live check was asked for'),
    ]);
  });

  test('with a token cache switched off the handler sees the caller of the live check', async () => {
    const { issuer, trust } = await openIssuer();
    const { app, reached } = openApi(
      express,
      connectAuth(trust({ tokenCache: null })),
      requireLive(),
      (req, res, next) => {
        if (currentAuth() === req.auth) next();
        else res.status(500).end();
      },
    );
    await request(app).get('/').set(bearer(issuer.token())).expect(200);
    expect(reached[0]?.auth.orgId).toBe(defaultOrgId);
  });

  test('guards behind it go by what the issuer says now', async () => {
    const { issuer, trust } = await openIssuer({ introspectionScope: true });
    const answer = { scope: 'projects:write' };
    const token = issuer.opaqueToken({ answer });
    const { app, reached } = openApi(express, connectAuth(trust()), requireLive(), requireScopes('projects:write'));
    await request(app).get('/').set(bearer(token)).expect(200);
    answer.scope = 'projects:read';
    expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(insufficientScope('projects:write'));
    expect(reached).toHaveLength(1);
  });

  test('a scope that the issuer took back since a guard passed: the handler is not reached', async () => {
    const { issuer, trust } = await openIssuer({ introspectionScope: true });
    const answer = { scope: 'projects:write' };
    const token = issuer.opaqueToken({ answer });
    const { app, reached } = openApi(express, connectAuth(trust()), requireScopes('projects:write'), requireLive());
    await request(app).get('/').set(bearer(token)).expect(200);
    answer.scope = 'projects:read';
    const { status } = await request(app).get('/').set(bearer(token));
    expect({ refused: [401, 403].includes(status), reached: reached.length }).toEqual({ refused: true, reached: 1 });
  });

  test('an organization that the issuer took back since a guard passed: the handler is not reached', async () => {
    const { issuer, trust } = await openIssuer();
    const answer: { org_id?: string | undefined } = {};
    const token = issuer.opaqueToken({ answer });
    const { app, reached } = openApi(express, connectAuth(trust()), requireOrg(), requireLive());
    await request(app).get('/').set(bearer(token)).expect(200);
    answer.org_id = undefined;
    const { status } = await request(app).get('/').set(bearer(token));
    expect({ refused: [401, 403].includes(status), reached: reached.length }).toEqual({ refused: true, reached: 1 });
  });
});
