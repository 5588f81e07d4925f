import type { FailureMode } from '@connect-auth/testing';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth, requireScopes } from '../../src/index.js';
import { answerOf, invalidToken, issuerUnavailable, missingToken } from '../answers.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

const modes: readonly FailureMode[] = ['error500', 'refused', 'reset', 'html', 'empty', 'redirect'];

describe.each(expressVersions)('%s', (_name, express) => {
  describe.each(modes)('an issuer that fails by %s', (mode) => {
    test('a token whose key is not known yet: 503 and Retry-After, no challenge, never 401', async () => {
      const { issuer, trustKeysOnly } = await openIssuer();
      issuer.fail('all', mode);
      const { app, reached, errors } = openApi(express, connectAuth(trustKeysOnly()));
      const answers = [];
      for (let at = 0; at < 3; at += 1) answers.push(answerOf(await request(app).get('/').set(bearer(issuer.token()))));
      expect(answers).toEqual(Array(3).fill(issuerUnavailable('1')));
      expect([reached, errors]).toEqual([[], []]);
    });

    test('and introspection to fall back on, failing as well: 503 for a JWT and for an opaque token', async () => {
      const { issuer, trust } = await openIssuer();
      issuer.fail('all', mode);
      for (const token of [issuer.token(), issuer.opaqueToken()]) {
        const { app, reached } = openApi(express, connectAuth(trust()));
        expect(answerOf(await request(app).get('/').set(bearer(token)))).toEqual(issuerUnavailable('1'));
        expect(reached).toEqual([]);
      }
    });

    test('known keys go on serving, for tokens seen before and for new ones, for an hour past their age', async () => {
      const { issuer, clock, trustKeysOnly } = await openIssuer();
      const { app } = openApi(express, connectAuth(trustKeysOnly()));
      const known = issuer.token({ lifetimeSeconds: 86_400 });
      await request(app).get('/').set(bearer(known)).expect(200);
      issuer.fail('all', mode);
      for (const seconds of [1, 599, 3_500]) {
        clock.advanceSeconds(seconds);
        await request(app).get('/').set(bearer(known)).expect(200);
        await request(app).get('/').set(bearer(issuer.token())).expect(200);
      }
      clock.advanceSeconds(101);
      const { status, challenge } = answerOf(await request(app).get('/').set(bearer(known)));
      expect({ status, challenge }).toEqual({ status: 503, challenge: undefined });
    });
  });

  test('an issuer that never answers: 503 and Retry-After after five seconds', async () => {
    const { issuer, clock, trustKeysOnly } = await openIssuer();
    issuer.fail('jwks', 'hang');
    const { app, reached } = openApi(express, connectAuth(trustKeysOnly()));
    const asking = request(app).get('/').set(bearer(issuer.token())).then(answerOf);
    await issuer.whenInFlight('jwks');
    clock.advanceMs(5_000);
    expect(await asking).toEqual(issuerUnavailable('1'));
    expect(reached).toEqual([]);
  });

  test('it is back: tokens are accepted again as soon as Retry-After says', async () => {
    const { issuer, clock, trustKeysOnly } = await openIssuer();
    issuer.fail('all', 'error500');
    const { app } = openApi(express, connectAuth(trustKeysOnly()));
    const { retryAfter } = answerOf(await request(app).get('/').set(bearer(issuer.token())));
    issuer.recover();
    clock.advanceSeconds(Number(retryAfter));
    await request(app).get('/').set(bearer(issuer.token())).expect(200);
  });

  test('what needs no issuer is refused as ever: no token, and a token that is hopeless', async () => {
    const { issuer, trustKeysOnly } = await openIssuer();
    issuer.fail('all', 'error500');
    const { app } = openApi(express, connectAuth(trustKeysOnly()));
    expect(answerOf(await request(app).get('/'))).toEqual(missingToken);
    for (const flaw of ['unsigned', 'algConfusion', 'garbage', 'wrongIssuer', 'criticalHeader'] as const) {
      expect(answerOf(await request(app).get('/').set(bearer(issuer.flaws[flaw]())))).toEqual(invalidToken);
    }
    expect(issuer.requests.total).toBe(0);
  });

  test('keys that cannot be had, introspection that can: the issuer’s word lets pass, and gives no scope', async () => {
    const { issuer, trust } = await openIssuer();
    issuer.fail('jwks', 'error500');
    const { app, reached } = openApi(express, connectAuth(trust()));
    await request(app).get('/').set(bearer(issuer.token())).expect(200);
    expect(reached[0]?.auth.verifiedBy).toBe('introspection');
    const scoped = openApi(express, connectAuth(trust()), requireScopes('projects:read'));
    await request(scoped.app).get('/').set(bearer(issuer.token())).expect(403);
  });
});
