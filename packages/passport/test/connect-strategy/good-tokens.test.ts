import { describe, expect, test } from '@jest/globals';
import express from 'express';
import passport from 'passport';
import request from 'supertest';
import { type Auth, ConnectStrategy } from '../../src/index.js';
import { answerOf, invalidToken, reachedAnswer } from '../answers.js';
import { openApi } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';

describe.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('%s', (algorithm) => {
  test('req.user is the Auth of the core, and so is currentAuth(); the second time without a wait', async () => {
    const { issuer, trust } = await openIssuer({ algorithm });
    const verifier = trust();
    const { app, reached, errors } = openApi([new ConnectStrategy(verifier)]);
    const token = issuer.token({ user: 'user_1', org: 'org_1', scopes: ['projects:read'] });
    for (const _time of [1, 2]) {
      expect(answerOf(await request(app).get('/projects').set(bearer(token)))).toEqual(reachedAnswer);
    }
    const auth = await verifier.verify(token);
    expect(auth).toMatchObject({ subject: 'user_1', orgId: 'org_1', verifiedBy: 'jwks' });
    expect(reached).toHaveLength(2);
    for (const { user, current } of reached) {
      expect(user).toBe(auth);
      expect(current).toBe(auth);
    }
    expect(errors).toEqual([]);
    expect(issuer.requests.jwks).toBe(1);
  });
});

test('two requests at once have each their own caller', async () => {
  const { issuer, trust } = await openIssuer();
  const { app, reached } = openApi([new ConnectStrategy(trust())]);
  const users = Array.from({ length: 20 }, (_, at) => `user_${at}`);
  await Promise.all(
    users.map((user) =>
      request(app)
        .get('/')
        .set(bearer(issuer.token({ user })))
        .expect(200),
    ),
  );
  expect(reached.map(({ user }) => (user as Auth).subject).sort()).toEqual(users.sort());
  for (const { user, current } of reached) expect(current).toBe(user);
});

test('a token that was revoked, or is over, is refused although it was recalled before', async () => {
  const { issuer, clock, trust } = await openIssuer();
  const verifier = trust();
  const { app } = openApi([new ConnectStrategy(verifier)]);
  const [revoked, over] = [issuer.token({ claims: { jti: 'token_1' } }), issuer.token()];
  for (const token of [revoked, over]) await request(app).get('/').set(bearer(token)).expect(200);
  await verifier.revoke({ tokenId: 'token_1' });
  expect(answerOf(await request(app).get('/').set(bearer(revoked)))).toEqual(invalidToken);
  clock.advanceSeconds(310);
  expect(answerOf(await request(app).get('/').set(bearer(over)))).toEqual(invalidToken);
});

test('a strategy may be handed to passport.authenticate() itself, without a name', async () => {
  const { issuer, trust } = await openIssuer();
  const app = express();
  app.use(passport.authenticate(new ConnectStrategy(trust()), { session: false }));
  app.use((req, res) => res.send((req.user as Auth).subject));
  expect(
    (
      await request(app)
        .get('/')
        .set(bearer(issuer.token({ user: 'user_1' })))
    ).text,
  ).toBe('user_1');
  expect(answerOf(await request(app).get('/').set(bearer(issuer.flaws.expired())))).toEqual(invalidToken);
});
